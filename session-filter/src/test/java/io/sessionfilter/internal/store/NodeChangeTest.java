package io.sessionfilter.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.store.Membership.Step;
import io.sessionfilter.internal.time.FakeTime;
import io.sessionfilter.internal.time.ManualExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Memcached nodes that come and go while app nodes run, which hear of it one after the other. */
class NodeChangeTest {
    private static final Duration OPERATION_TIMEOUT = Duration.ofMillis(500);

    private final FakeTime time = new FakeTime();
    private final Random random = new Random(11);
    private final FakeNode n1 = new FakeNode("n1", time);
    private final FakeNode n2 = new FakeNode("n2", time);
    private final FakeNode n3 = new FakeNode("n3", time);
    private final FakeNode n4 = new FakeNode("n4", time);
    private String key = new SessionKeys(new Membership(new Ring(List.of(n1, n2))), Set.of(), random).next();

    /** One app node, with a near-cache for one session. */
    private final class AppNode {
        private final Metrics metrics = new Metrics();
        private final ManualExecutor executor = new ManualExecutor();
        private final ReplicatedStore store;
        private @Nullable StoredRecord known;

        AppNode(int copies, FakeNode... nodes) {
            store = new ReplicatedStore(
                    new Ring(List.of(nodes)),
                    new ReplicatedStore.Settings(
                            copies, Set.of(), "app:", new TimeToLive(OPERATION_TIMEOUT), Duration.ofSeconds(1), 1000),
                    time,
                    random,
                    random::nextLong,
                    executor,
                    metrics);
        }

        AppNode changeTo(FakeNode... nodes) {
            assertThat(store.changeNodes(new Ring(List.of(nodes)))).isTrue();
            return this;
        }

        List<MemcachedNode> finishChange() {
            assertThat(store.advanceChange(true)).isEmpty();
            return store.advanceChange(true);
        }

        void add(String name, int amount) {
            CommitResult result = store.commit(key, known, new Counting(name, amount));
            assertThat(result).isInstanceOf(CommitResult.Stored.class);
            known = ((CommitResult.Stored) result).stored();
        }

        int read(String name) {
            OpenResult result = store.open(key, known, 0);
            assertThat(result).isInstanceOf(OpenResult.Found.class);
            known = ((OpenResult.Found) result).stored();
            return Counting.read(known.record(), name);
        }

        void repair() {
            assertThat(known).isNotNull();
            store.repair(key, known, 0);
        }
    }

    private static void down(FakeNode... nodes) {
        Arrays.stream(nodes).forEach(FakeNode::goDown);
    }

    @Test
    void aSessionOutlivesTheNodesItBeganOn() {
        AppNode app = new AppNode(2, n1, n2);
        app.add("a", 1);

        app.changeTo(n3, n4);
        app.read("a");
        app.repair();
        assertThat(app.finishChange()).containsExactlyInAnyOrder(n1, n2);
        down(n1, n2);

        assertThat(new AppNode(2, n3, n4).read("a")).isEqualTo(1);
    }

    @Test
    void aSingleCopyMovesToTheNodeWhereItBelongsNow() {
        AppNode app = new AppNode(1, n1);
        app.add("a", 1);

        app.changeTo(n2);
        app.read("a");
        app.repair();
        app.finishChange();
        down(n1);

        assertThat(new AppNode(1, n2).read("a")).isEqualTo(1);
    }

    @Test
    void aWriteDuringTheChangeReachesTheNodesOfBothLists() {
        AppNode app = new AppNode(2, n1, n2).changeTo(n3, n4);

        app.add("a", 1);

        assertThat(new AppNode(2, n1, n2).read("a")).isEqualTo(1);
        assertThat(new AppNode(2, n3, n4).read("a")).isEqualTo(1);
    }

    @Test
    void aNodeThatIsTakenOutIsLetGoWhenNoSessionCanLiveThereAnyMore() {
        AppNode app = new AppNode(2, n1, n2, n3).changeTo(n2, n3);

        assertThat(app.store.advanceChange(false)).isEmpty();
        assertThat(app.store.changeStep()).isEqualTo(Step.JOINING);
        time.advance(Duration.ofMinutes(20));
        assertThat(app.store.advanceChange(false)).isEmpty();
        assertThat(app.store.advanceChange(false)).isEmpty();
        assertThat(app.store.changeStep()).isEqualTo(Step.LEAVING);
        time.advance(Duration.ofMinutes(20));

        assertThat(app.store.advanceChange(false)).containsExactly(n1);
        assertThat(app.store.changeStep()).isEqualTo(Step.NONE);
    }

    @Test
    void nothingIsOwedToANodeThatHasLeft() {
        AppNode app = new AppNode(2, n1, n2).changeTo(n2, n3);
        down(n1);
        app.add("a", 1);
        app.store.end(key, Counting.TIMEOUT_SECONDS);
        assertThat(app.store.debts()).isPositive();

        app.finishChange();

        assertThat(app.store.debts()).isZero();
    }

    @Test
    void oneChangeAfterTheOther() {
        AppNode app = new AppNode(2, n1, n2).changeTo(n2, n3);

        assertThat(app.store.changeNodes(new Ring(List.of(n3, n4)))).isFalse();
        app.finishChange();

        app.changeTo(n3, n4);
    }

    @Test
    void thereMustBeANodeForEachCopy() {
        AppNode app = new AppNode(2, n1, n2);

        assertThatThrownBy(() -> app.store.changeNodes(new Ring(List.of(n1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 copies");
    }

    /** Not told yet, joining, leaving, done. */
    private static final int STEPS = 4;

    private AppNode app(int step, List<FakeNode> before, List<FakeNode> after) {
        AppNode app = new AppNode(before.size(), before.toArray(FakeNode[]::new));
        if (step > 0) {
            app.changeTo(after.toArray(FakeNode[]::new));
        }
        for (int i = 1; i < step; i++) {
            app.store.advanceChange(true);
        }
        return app;
    }

    /** The second app node's commit comes before each of the operations of the first one's, for several keys. */
    private static Stream<Arguments> interleavings() {
        List<Arguments> all = new ArrayList<>();
        for (int first = 0; first < STEPS; first++) {
            for (int second = Math.max(0, first - 1); second <= Math.min(first + 1, STEPS - 1); second++) {
                for (int seed = 0; seed < 5; seed++) {
                    all.add(Arguments.of(first, second, seed));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("interleavings")
    void noUpdateIsLostBetweenAppNodesThatAreOneStepApart(int first, int second, int seed) {
        List<FakeNode> all = List.of(n1, n2, n3, n4);
        key = new SessionKeys(new Membership(new Ring(all)), Set.of(), new Random(seed)).next();
        checkInterleavings(first, second, List.of(n1, n2), List.of(n2, n3)); // one instead of another
        checkInterleavings(first, second, List.of(n1, n2), List.of(n3, n4)); // all others
        checkInterleavings(first, second, List.of(n1), List.of(n2)); // a single copy
    }

    private void checkInterleavings(int first, int second, List<FakeNode> before, List<FakeNode> after) {
        List<FakeNode> nodes =
                Stream.concat(before.stream(), after.stream()).distinct().toList();
        for (FakeNode node : nodes) {
            for (int operation = 0; operation < 3; operation++) {
                nodes.forEach(FakeNode::evictAll);
                app(1, before, after).add("start", 1);
                AppNode a = app(first, before, after);
                AppNode b = app(second, before, after);
                a.read("start");
                b.read("start");
                IntStream.range(0, operation).forEach(i -> node.interruptNext(() -> {}));
                node.interruptNext(() -> b.add("b", 1));

                a.add("a", 1);

                if (b.known != null && Counting.read(b.known.record(), "b") == 0) {
                    node.forgetInterruptions();
                    b.add("b", 1);
                }
                for (AppNode reader : List.of(a, b, app(first, before, after), app(second, before, after))) {
                    assertThat(List.of(reader.read("start"), reader.read("a"), reader.read("b")))
                            .as("before operation %d on %s", operation, node.id())
                            .containsExactly(1, 1, 1);
                }
            }
        }
    }
}
