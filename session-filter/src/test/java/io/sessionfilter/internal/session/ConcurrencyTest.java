package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.session.TestCluster.AppNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Real threads over a node whose operations are atomic: nothing acknowledged may be lost. */
class ConcurrencyTest {
    private static final int CLIENTS = 8;
    private static final int UPDATES = 200;

    private final TestCluster cluster = new TestCluster();

    @Test
    void updatesOfDifferentAttributesOnTwoAppNodesAreNeverLost() throws Exception {
        List<AppNode> nodes = List.of(cluster.nonSticky("jvm1"), cluster.nonSticky("jvm2"));
        SessionId id = nodes.get(0).createSession("a", "0");

        inParallel(client -> {
            Random random = new Random(client);
            for (int i = 0; i < UPDATES; i++) {
                SessionUse session = nodes.get(random.nextInt(2)).open(id);
                session.setAttribute("client" + client + "-" + i, "v" + i);
                assertThat(session.commit())
                        .as("NOTHING: a parallel request has stored it along")
                        .isIn(SessionUse.Commit.STORED, SessionUse.Commit.NOTHING);
                String seen = (String) nodes.get(random.nextInt(2)).read(id, "client" + client + "-" + i);
                assertThat(seen).as("read your writes").isEqualTo("v" + i);
            }
        });

        for (AppNode node : nodes) {
            assertThat(node.open(id).attributeNames()).hasSize(1 + CLIENTS * UPDATES);
        }
    }

    @Test
    void parallelChangesOfTheKeyLeaveTheSessionAlive() throws Exception {
        AppNode one = cluster.nonSticky("jvm1");
        AppNode two = cluster.nonSticky("jvm2");
        SessionUse session = one.open(one.createSession("a", "0"));
        session.maxInactiveInterval(-1); // the clock runs while they wait for each other
        cluster.time.whenPaused(LockSupport::parkNanos);

        inParallel(client -> {
            for (int i = 0; i < UPDATES; i++) {
                session.changeKey();
            }
        });

        assertThat(session.isValid()).isTrue();
        assertThat(one.read(session.id(), "a")).isEqualTo("0");
        assertThat(two.read(session.id(), "a")).isEqualTo("0");
    }

    @Test
    void whatRequestsCommitWhileTheKeyIsChangedIsNeverLost() throws Exception {
        AppNode one = cluster.nonSticky("jvm1");
        AppNode two = cluster.nonSticky("jvm2");
        SessionUse session = one.open(one.createSession("a", "0"));
        session.maxInactiveInterval(-1);
        cluster.time.whenPaused(LockSupport::parkNanos);

        inParallel(client -> {
            for (int i = 0; i < UPDATES; i++) {
                if (client == 0) {
                    session.changeKey();
                } else {
                    session.setAttribute("client" + client + "-" + i, "v");
                    assertThat(session.commit()).isIn(SessionUse.Commit.STORED, SessionUse.Commit.NOTHING);
                }
            }
        });

        assertThat(two.open(session.id()).attributeNames()).hasSize(1 + (CLIENTS - 1) * UPDATES);
    }

    @Test
    void changesInPlaceOfASharedValueByParallelRequestsOfOneAppNodeAreNeverLost() throws Exception {
        AppNode one = cluster.nonSticky("jvm1");
        AppNode two = cluster.nonSticky("jvm2");
        SessionId id = one.createSession("counts", new ConcurrentHashMap<String, Integer>());

        inParallel(client -> {
            for (int i = 1; i <= UPDATES; i++) {
                SessionUse session = one.open(id);
                counts(session).merge("client" + client, 1, Integer::sum);
                session.commit();
                SessionUse.Commit again = session.commit();
                assertThat(again).isIn(SessionUse.Commit.NOTHING, SessionUse.Commit.STORED);
                assertThat(counts(two.open(id)))
                        .as("after the commit, on the other app node")
                        .containsEntry("client" + client, i);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Integer> counts(SessionUse session) {
        return (Map<String, Integer>) session.attribute("counts");
    }

    private interface Client {
        void run(int number) throws Exception;
    }

    private static void inParallel(Client client) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                clients.add(() -> {
                    client.run(number);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(clients)) {
                done.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
