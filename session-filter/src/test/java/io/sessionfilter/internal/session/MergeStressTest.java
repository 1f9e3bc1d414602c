package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.session.TestCluster.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Counters that many requests on two app nodes increase at once, while answers of memcached get lost. Each change counts once. Within an app node requests take turns to read and set
 * the counter, as they have to in any container; commits overlap.
 */
class MergeStressTest {
    private static final int CLIENTS = 8;
    private static final int UPDATES = 100;
    private static final int ONE_ANSWER_LOST_OF = 40;

    private final TestCluster cluster = new TestCluster();

    /** One app node, and what its application synchronizes on. */
    private record Node(AppNode node, ReentrantLock turn) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eachChangeOfACounterThatIsSetCountsOnce(long seed) throws Exception {
        assertThat(countUp(seed, 0)).isEqualTo(CLIENTS * UPDATES);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eachChangeOfACounterInPlaceCountsOnce(long seed) throws Exception {
        assertThat(countUp(seed, new AtomicInteger())).isEqualTo(CLIENTS * UPDATES);
    }

    private int countUp(long seed, Object zero) throws Exception {
        cluster.time.whenPaused(LockSupport::parkNanos);
        List<Node> nodes = List.of(node("jvm1"), node("jvm2"));
        SessionId id = nodes.get(0).node().createSession("count", zero);
        nodes.get(0).node().open(id).maxInactiveInterval(-1); // the clock runs while they wait for each other

        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Void>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(seed * CLIENTS + client);
                clients.add(() -> countUp(nodes.get(random.nextInt(2)), id, random));
            }
            for (Future<Void> done : threads.invokeAll(clients)) {
                done.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        return AttributeMergerTest.count(node("jvm3").node().open(id));
    }

    private Node node(String route) {
        return new Node(
                cluster.with(route, new Setup().merging(Map.of("count", AttributeMergerTest::sum))),
                new ReentrantLock());
    }

    private @Nullable Void countUp(Node node, SessionId id, Random random) {
        for (int i = 0; i < UPDATES; i++) {
            SessionUse session = node.node().open(id);
            node.turn().lock();
            try {
                AttributeMergerTest.increment(session);
            } finally {
                node.turn().unlock();
            }
            if (random.nextInt(ONE_ANSWER_LOST_OF) == 0) {
                cluster.memcached.loseNextAnswer();
            }
            while (session.commit() == Commit.LOCAL) {
                Thread.onSpinWait(); // with the next commit, it is stored
            }
            session.active(false);
        }
        return null;
    }
}
