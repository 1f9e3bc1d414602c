package io.sessionfilter.internal.session;

import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.session.TestCluster.Setup;
import java.util.List;
import java.util.stream.Collectors;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Parallel requests of one session on one app node, by Lincheck: whatever they are told of its attributes can be explained by some order of their
 * calls. It is its own specification: each order is tried out by one thread.
 */
@Param(name = "first", gen = BooleanGen.class)
@Param(name = "value", gen = IntGen.class)
public class SessionLincheckTest {
    private static final List<String> NAMES = List.of("a", "b");

    private final AppNode node = new TestCluster().with("jvm1", new Setup().withoutNearCache());
    private final SessionUse session;

    public SessionLincheckTest() {
        SessionId id = node.createSession("a", "0");
        session = node.open(id);
    }

    @Operation
    public @Nullable String get(boolean first) {
        return (String) session.attribute(name(first));
    }

    @Operation
    public void set(boolean first, int value) {
        session.setAttribute(name(first), Integer.toString(value));
    }

    @Operation
    public void remove(boolean first) {
        session.removeAttribute(name(first));
    }

    @Operation
    public String names() {
        return session.attributeNames().stream().sorted().collect(Collectors.joining(","));
    }

    /** What it was good for depends on the others; that it is there may show in what the others see. */
    @Operation
    public void commit() {
        session.commit();
    }

    private static String name(boolean first) {
        return NAMES.get(first ? 0 : 1);
    }

    @Test
    void whatThreadsAreToldIsExplainedBySomeOrder() {
        // Not by model checking: Lincheck 3.7 cannot follow byte array views and java.util.Random, and takes long commits for hangs.
        new StressOptions().iterations(100).invocationsPerIteration(3_000).threads(3).actorsPerThread(3).check(getClass());
    }
}
