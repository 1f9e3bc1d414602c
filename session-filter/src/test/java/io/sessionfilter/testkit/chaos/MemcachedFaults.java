package io.sessionfilter.testkit.chaos;

import static io.sessionfilter.testkit.chaos.Cluster.GUARDED;
import static io.sessionfilter.testkit.chaos.Cluster.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of sessions when a memcached node dies, freezes, forgets, or is full. */
abstract class MemcachedFaults extends ChaosTest {
    private static final String LEAST_MEMORY = "8";

    @Test
    void aKilledMemcachedNodeIsNoticedByNobody() {
        under("KILL", () -> cluster().killMemcached(1), () -> cluster().restartMemcached(1));
    }

    @Test
    void aMemcachedNodeThatRestartsEmptyIsNoticedByNobody() {
        under("RESTART_EMPTY", () -> cluster().memcached(1).restart(), () -> {});
    }

    @Test
    void aFrozenMemcachedNodeLosesNothing() {
        under(
                "FREEZE",
                () -> cluster().memcached(1).freeze(),
                () -> cluster().memcached(1).thaw());
    }

    @Test
    void aFlushedMemcachedNodeIsNoticedByNobody() {
        under("FLUSH", () -> assertThat(cluster().ask(1, "flush_all")).isEqualTo("OK"), () -> {});
    }

    @Test
    void whatBothMemcachedNodesHaveFlushedIsBroughtBackByTheNearCache() {
        Session session = newSession(TWO, 1);
        session.run(1, "look", "put a 1");

        for (int node : new int[] {1, 2}) {
            assertThat(cluster().ask(node, "flush_all")).isEqualTo("OK");
        }

        assertThat(session.attributes(1)).containsEntry("a", List.of("1"));
        Await.until(
                "the other app node has it",
                () -> List.of("1").equals(session.attributes(2).get("a")));
    }

    @Test
    void sessionsThatAMemcachedNodeThrowsAwayForWantOfMemoryAreNotLost() {
        cluster().memcached(1).restartAs(Map.of(), "-m", LEAST_MEMORY);
        cluster().awaitWell(TWO, Cluster.THREE);
        Session session = newSession(TWO, 1);
        String get = "mg " + session.storageKey() + " s u"; // u: this look does not count as use
        assertThat(cluster().ask(1, get)).startsWith("HD s");
        int size = Integer.parseInt(cluster().ask(1, get).substring("HD s".length()));

        under(
                "EVICTION",
                () -> {
                    Flood flood = new Flood(cluster().memcached(1));
                    Await.until("the session is thrown away", () -> {
                        flood.items(size, 1000);
                        return cluster().ask(1, get).equals("EN");
                    });
                },
                () -> {});

        assertThat(cluster().memcached(1).statistic("evictions")).isPositive();
        assertThat(session.attributes(2)).containsEntry("a", List.of("0"));
    }

    @Test
    void aMemcachedNodeThatRefusesForWantOfMemoryIsNoticedByNobody() {
        cluster().memcached(1).restartAs(Map.of(), "-M", "-m", LEAST_MEMORY);
        cluster().awaitWell(TWO, Cluster.THREE);

        under(
                "OUT_OF_MEMORY",
                () -> {
                    Flood flood = new Flood(cluster().memcached(1));
                    // Sessions that outgrow their place leave it free.
                    Await.until("it takes no more", () -> {
                        flood.fill();
                        return cluster()
                                .ask(1, "ms one-more 500\r\n" + "x".repeat(500))
                                .startsWith("SERVER_ERROR out of memory");
                    });
                },
                () -> cluster().memcached(1).restartAs(Map.of()));
    }

    @Test
    void aMemcachedNodeThatTakesNoMoreConnectionsIsNoticedByNobody() throws IOException {
        cluster().memcached(1).restartAs(Map.of(), "-c", "64", "-t", "1");
        cluster().awaitWell(TWO, Cluster.THREE);
        List<Socket> greedy = new ArrayList<>();
        try {
            under(
                    "TOO_MANY_CONNECTIONS",
                    () -> {
                        Flood flood = new Flood(cluster().memcached(1));
                        Await.until("there is no connection left", () -> {
                            greedy.addAll(flood.connections());
                            cluster().proxy(1).reset();
                            greedy.addAll(flood.connections());
                            return cluster().ask(1, "mn").startsWith("ERROR Too many open connections");
                        });
                    },
                    () -> Flood.close(greedy));
        } finally {
            Flood.close(greedy);
        }
    }

    @Test
    void memcachedNodesWhoseClocksDifferAgreeOnWhatIsAlive() {
        Map<String, String> ahead = ClockSkew.of("+2h");
        cluster().memcached(1).restartAs(ahead);
        cluster().awaitWell(TWO, Cluster.THREE);
        long skew = cluster().memcached(1).statistic("time")
                - cluster().memcached(2).statistic("time");
        assertThat(skew).isBetween(7100L, 7300L);

        under("CLOCK_SKEW", () -> {}, () -> {});

        int days40 = 40 * 24 * 3600;
        Session session = newSession(TWO, 1);
        session.run(1, "look", "set-interval " + days40);
        for (int node : new int[] {1, 2}) {
            assertThat(remaining(node, session)).isGreaterThan(days40 - 2 * 7200);
        }
        cluster().killMemcached(2);
        assertThat(session.attributes(2)).containsEntry("a", List.of("0"));
    }

    @Test
    void sessionThatIsTooLargeHurtsNobodyButItself() {
        Session large = newSession(GUARDED, 1);
        Session neighbour = newSession(GUARDED, 1);
        long reported = cluster().metric(1, GUARDED, "sessionsTooLarge");
        List<Long> connects = connectsOfGuarded();
        large.run(1, "look", "put b 1");

        for (int i = 1; i <= 5; i++) {
            assertThat(large.run(1, "look", "put-bytes c 1200000").status()).isEqualTo(200);
            neighbour.run(1, "look", "put a " + i);
            assertThat(neighbour.attributes(2)).containsEntry("a", List.of("" + i));
        }

        assertThat(large.attributes(1)).as("goes on here").containsKeys("a", "b", "c");
        assertThat(large.attributes(2))
                .as("the last state that could be stored")
                .containsOnlyKeys("a", "b");
        assertThat(cluster().metric(1, GUARDED, "sessionsTooLarge")).isEqualTo(reported + 1);
        assertThat(connectsOfGuarded()).as("no memcached node was given up").isEqualTo(connects);
    }

    /** How often each memcached node was connected to: its version is asked then, and only then. */
    private List<Long> connectsOfGuarded() {
        return Stream.of(1, 2)
                .map(node -> cluster().guardedProxy(node).commands().getOrDefault("version", 0L))
                .toList();
    }

    @Test
    void copiesLiveAsLongAsTheSessionIsRead() {
        int timeout = 20;
        int slack = 4; // as long as a renewal may wait, for this timeout
        Session session = newSession(Cluster.STICKY, 1);
        session.run(1, "look", "set-interval " + timeout);
        int renewed = remaining(1, session);
        long begin = System.nanoTime();

        Await.until("it has been read for longer than a renewal may wait", () -> {
            assertThat(session.attributes(1)).containsEntry("a", List.of("0"));
            for (int node : new int[] {1, 2}) {
                assertThat(remaining(node, session)).isGreaterThanOrEqualTo(renewed - slack - 1);
            }
            return System.nanoTime() - begin > Duration.ofSeconds(slack + 2).toNanos();
        });
    }

    /** How many seconds a copy has left to live. */
    private int remaining(int node, Session session) {
        String answer = cluster().ask(node, "mg " + session.storageKey() + " t");
        assertThat(answer).startsWith("HD t");
        return Integer.parseInt(answer.substring("HD t".length()));
    }
}
