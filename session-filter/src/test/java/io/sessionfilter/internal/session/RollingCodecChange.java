package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.internal.codec.ApplicationCodecContext;
import io.sessionfilter.internal.codec.ClassAllowList;
import io.sessionfilter.internal.record.Compression;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** App nodes are restarted one by one with another codec than {@code java}, and back, while users are at work. */
public abstract class RollingCodecChange {
    private static final int MAX_BYTES = 1 << 20;
    private static final int CLIENTS = 4;
    private static final int UPDATES = 20;

    private final TestCluster cluster = new TestCluster();
    private AttributeCodec before;
    private AttributeCodec after;

    /** The other codec. */
    protected abstract AttributeCodec create(CodecContext context) throws AttributeCodecException;

    @BeforeEach
    void createCodecs() throws Exception {
        CodecContext context = new ApplicationCodecContext(
                getClass().getClassLoader(),
                new ClassAllowList(List.of("io.sessionfilter.internal.session.*")),
                MAX_BYTES);
        before = context.javaSerialization();
        after = create(context);
    }

    @AfterEach
    void closeCodecs() {
        before.close();
        after.close();
    }

    @Test
    void whatIsChangedInPlaceAllTheWhileIsNeverLost() throws Exception {
        SessionId id = node(before).createSession("a", "0");
        List<AppNode> last = List.of();

        int phase = 0;
        for (List<AttributeCodec> writers : List.of(
                List.of(before, before),
                List.of(after, before),
                List.of(after, after),
                List.of(before, after),
                List.of(before, before))) {
            last = writers.stream().map(this::node).toList();
            work(last, id, phase++);
        }

        for (AppNode node : last) {
            for (int client = 0; client < CLIENTS; client++) {
                Basket basket = (Basket) node.read(id, "client" + client);
                assertThat(basket.items)
                        .isEqualTo(IntStream.range(0, 5 * UPDATES).boxed().toList());
                assertThat(basket.last).isSameAs(basket.items);
            }
        }
    }

    private AppNode node(AttributeCodec writer) {
        Compression compression = writer == after ? Compression.DEFLATE : null;
        return cluster.new AppNode("jvm", new ValueCoding(writer, List.of(before, after), compression, 64, MAX_BYTES));
    }

    private static void work(List<AppNode> nodes, SessionId id, int phase) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                running.add(threads.submit(() -> {
                    for (int update = 0; update < UPDATES; update++) {
                        append(nodes.get((client + update) % 2), id, "client" + client, phase * UPDATES + update);
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void append(AppNode node, SessionId id, String name, int number) {
        SessionUse session = node.open(id);
        if (session.attribute(name) == null) {
            session.setAttribute(name, new Basket());
        }
        ((Basket) session.attribute(name)).items.add(number);
        assertThat(session.commit()).isIn(SessionUse.Commit.STORED, SessionUse.Commit.NOTHING);
        session.active(false);
    }

    /** Kept by every codec as it is: a bean, and one object in two of its fields. */
    private static final class Basket implements Serializable {
        private static final long serialVersionUID = 1L;

        private final List<Integer> items = new ArrayList<>();
        private final List<Integer> last = items;
    }
}
