package io.sessionfilter.testkit.chaos;

import static io.sessionfilter.testkit.chaos.Cluster.AFTER;
import static io.sessionfilter.testkit.chaos.Cluster.BEFORE;
import static io.sessionfilter.testkit.chaos.Cluster.BREAKER_THRESHOLD;
import static io.sessionfilter.testkit.chaos.Cluster.BULKHEAD;
import static io.sessionfilter.testkit.chaos.Cluster.GUARDED;
import static io.sessionfilter.testkit.chaos.Cluster.LONG_OPERATION_TIMEOUT;
import static io.sessionfilter.testkit.chaos.Cluster.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.FaultyProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ids of sessions survive, and what a failover costs. */
abstract class Failover extends ChaosTest {
    private static final int REQUESTS = 1000;
    private static final int AT_A_TIME = 16; // twice the bulkhead: on the node that is well, some wait for their turn

    @Test
    void aFrozenMemcachedNodeCostsAtMostThresholdAndBulkheadAndGetsNothingButProbes() throws Exception {
        List<Session> sessions = new ArrayList<>();
        while (sessions.size() < AT_A_TIME) {
            sessions.add(newSession(GUARDED, 1));
        }
        cluster().memcached(1).freeze();
        long before = operations(cluster().guardedProxy(1));

        List<long[]> slow = new ArrayList<>();
        List<Long> sent = new ArrayList<>();
        ExecutorService users = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Callable<long[]>> requests = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                Session session = sessions.get(i % AT_A_TIME);
                String change = "put a " + i;
                requests.add(() -> {
                    long begin = System.nanoTime();
                    Reply reply = session.runWith(session.cookie(), 1, "look", change);
                    assertThat(reply.status()).isEqualTo(200);
                    assertThat(reply.result("look")).startsWith(session.key());
                    return new long[] {begin, System.nanoTime()};
                });
            }
            for (Future<long[]> request : users.invokeAll(requests)) {
                long[] beginAndEnd = request.get();
                sent.add(beginAndEnd[0]);
                if (beginAndEnd[1] - beginAndEnd[0] >= LONG_OPERATION_TIMEOUT.toNanos()) {
                    slow.add(beginAndEnd);
                }
            }
        } finally {
            users.shutdownNow();
        }
        long open = slow.stream().mapToLong(beginAndEnd -> beginAndEnd[1]).max().orElseThrow();
        long probes = cluster().guardedProxy(1).commands().getOrDefault("mn", 0L);
        Await.until("it is probed", () -> cluster().guardedProxy(1).commands().getOrDefault("mn", 0L) > probes);

        assertThat(cluster().metric(1, GUARDED, "unsavedSessions")).isZero();
        assertThat(slow).hasSizeBetween(1, BREAKER_THRESHOLD + BULKHEAD);
        assertThat(operations(cluster().guardedProxy(1)) - before).isBetween(1L, (long) BREAKER_THRESHOLD + BULKHEAD);
        assertThat(sent.stream().filter(begin -> begin > open)).hasSizeGreaterThan(REQUESTS / 2);
        assertThat(cluster().guardedProxy(1).lastOperationNanos())
                .as("the last command that was no probe")
                .isLessThan(open);
    }

    /** How many commands about items have been sent through it. */
    private static long operations(FaultyProxy proxy) {
        return Stream.of("mg", "ms", "md")
                .mapToLong(kind -> proxy.commands().getOrDefault(kind, 0L))
                .sum();
    }

    @Test
    void aLateRequestWithTheCookieFromBeforeAFailoverRollsNothingBack() {
        Session session = newSession(TWO, 1);
        String old = session.cookie();
        int first = session.firstMemcachedNode();
        cluster().killMemcached(first);
        session.run(1, "look", "put a 1");
        session.run(2, "look", "put b 1");

        session.runWith(old, 2, "look", "put c 1");
        cluster().restartMemcached(first);
        cluster().awaitWell(TWO);
        session.runWith(old, 1, "look", "put d 1");

        for (int appNode : new int[] {1, 2}) {
            assertThat(session.attributes(appNode))
                    .containsKeys("a", "b", "c", "d")
                    .containsEntry("a", List.of("1"));
        }
    }

    @Test
    void anIdWithAnUnknownMemcachedNodeOrRouteFindsItsSession() {
        Session session = newSession(TWO, 1);

        for (String suffix : List.of("-n9.jvm1", "-n9", ".jvm9", "", "-n1", "-n2.jvm2")) {
            assertThat(session.runWith(session.key() + suffix, 2, "look").result("look"))
                    .as(suffix)
                    .contains("a=0");
        }
        assertThat(session.runWith(session.key() + "-n9.jvm1", 2, "look").newCookie())
                .hasValueSatisfying(cookie -> assertThat(cookie).matches("\\w+-n[12]\\.jvm2"));
    }

    @Test
    void sessionsOfAMemcachedNodeThatIsNoLongerConfiguredAreFound() {
        List<Session> sessions = new ArrayList<>();
        while (sessions.stream().noneMatch(session -> session.firstMemcachedNode() == 3)) {
            sessions.add(newSession(BEFORE, 1));
        }
        cluster().killMemcached(3);

        for (Session before : sessions) {
            Session after = new Session(AFTER, before.cookie());
            assertThat(after.attributes(2)).containsEntry("a", List.of("0"));
            assertThat(after.firstMemcachedNode()).isIn(1, 2);
        }
    }

    @Test
    void applicationsThatShareMemcachedNodesNeverMeet() {
        Session session = newSession(TWO, 1);

        Session foreign = new Session(Cluster.STICKY, session.cookie());

        assertThat(foreign.run(1, "look").result("look")).isEqualTo("-");
        assertThat(foreign.run(2, "look").result("look")).isEqualTo("-");
        assertThat(foreign.run(1, "begin").result("begin")).isNotEqualTo(session.key());
        assertThat(session.attributes(2)).containsEntry("a", List.of("0"));
    }

    @Test
    void killedAppNodeBehindApacheCostsNoRequestAndTheCookieIsRewrittenOnce(@TempDir Path directory) throws Exception {
        try (Apache apache = Apache.start(directory, cluster())) {
            ApacheUser user = new ApacheUser(apache, Cluster.STICKY);
            user.run("begin", "log 0");
            int home = user.route();
            for (int i = 1; i <= 3; i++) {
                user.run("look", "log " + i);
                assertThat(user.route()).isEqualTo(home);
            }

            cluster().appNode(home).kill();
            cluster().serves(home, false);

            int moves = user.moves();
            for (int i = 4; i <= 8; i++) {
                Reply reply = user.run("look", "log " + i);
                assertThat(reply.status()).isEqualTo(200);
            }
            assertThat(user.run("look").result("look")).contains("log=0;1;2;3;4;5;6;7;8");
            assertThat(user.route()).isNotEqualTo(home);
            assertThat(user.moves()).isEqualTo(moves + 1);
        }
    }
}
