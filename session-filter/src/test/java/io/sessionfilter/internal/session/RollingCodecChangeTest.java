package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.internal.codec.ClassAllowList;
import io.sessionfilter.internal.codec.JavaCodec;
import io.sessionfilter.internal.record.Compression;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** App nodes are restarted one by one with another codec, and back, while users are at work. */
class RollingCodecChangeTest {
    private static final int CLIENTS = 4;
    private static final int UPDATES = 20;

    private final AttributeCodec before =
            new JavaCodec(getClass().getClassLoader(), new ClassAllowList(List.of()), 1 << 20);
    private final AttributeCodec after = new TestCodec();
    private final TestCluster cluster = new TestCluster();

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
                assertThat(node.read(id, "client" + client))
                        .isEqualTo(IntStream.range(0, 5 * UPDATES).boxed().toList());
            }
        }
    }

    private AppNode node(AttributeCodec writer) {
        Compression compression = writer == after ? Compression.DEFLATE : null;
        return cluster.new AppNode("jvm", new ValueCoding(writer, List.of(before, after), compression, 64, 1 << 20));
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

    @SuppressWarnings("unchecked") // nobody else sets it
    private static void append(AppNode node, SessionId id, String name, int number) {
        SessionUse session = node.open(id);
        if (session.attribute(name) == null) {
            session.setAttribute(name, new ArrayList<>());
        }
        ((List<Integer>) Objects.requireNonNull(session.attribute(name))).add(number);
        assertThat(session.commit()).isIn(SessionUse.Commit.STORED, SessionUse.Commit.NOTHING);
        session.active(false);
    }
}
