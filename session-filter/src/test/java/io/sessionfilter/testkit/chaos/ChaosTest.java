package io.sessionfilter.testkit.chaos;

import io.sessionfilter.simulation.FaultTable;
import io.sessionfilter.simulation.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What the tests share: a cluster that is well when a test begins, and is healed when it has ended. */
abstract class ChaosTest {
    private static final int BEFORE = 30;
    private static final int DURING = 80;
    private static final int AFTER = 30;

    abstract Cluster cluster();

    abstract FaultTable table();

    @AfterEach
    void heal() {
        cluster().heal();
        cluster().awaitWell(Cluster.TWO, Cluster.THREE, Cluster.STICKY);
    }

    /** Lets it happen while users are at work on two memcached nodes and on three, and expects that none of them notices. */
    void under(String fault, Runnable begins, Runnable ends) {
        try (Traffic traffic = Traffic.start(cluster(), Cluster.TWO, Cluster.THREE)) {
            traffic.awaitMore(BEFORE);
            begins.run();
            traffic.awaitMore(DURING);
            ends.run();
            cluster().awaitWell(Cluster.TWO, Cluster.THREE);
            traffic.awaitMore(AFTER);
            traffic.check(fault, table());
        }
    }

    /** A new session with one attribute, {@code a}. */
    Session newSession(String path, int appNode) {
        return new Session(path, appNode);
    }

    /** A browser with a session; not recorded. For use by one thread. */
    final class Session {
        private final String path;
        private String cookie;

        private Session(String path, int appNode) {
            this.path = path;
            Reply begun = send(appNode, null, "begin", "put a 0");
            cookie = begun.newCookie().orElseThrow(() -> new AssertionError("no cookie: " + begun));
        }

        /** One that somebody else has begun. */
        Session(String path, @Nullable String cookie) {
            this.path = path;
            this.cookie = Objects.requireNonNull(cookie);
        }

        Reply run(int appNode, String... steps) {
            Reply reply = send(appNode, cookie, steps);
            reply.newCookie().filter(told -> !told.isEmpty()).ifPresent(told -> cookie = told);
            return reply;
        }

        /** With the cookie that it had before; does not change the one it has. */
        Reply runWith(String otherCookie, int appNode, String... steps) {
            return send(appNode, otherCookie, steps);
        }

        private Reply send(int appNode, @Nullable String sent, String... steps) {
            try {
                return Reply.to(cluster().appNode(appNode).baseUri(), path, sent, List.of(steps));
            } catch (IOException e) {
                throw new UncheckedIOException("app node " + appNode + path, e);
            }
        }

        /** What it holds, as that app node sees it. */
        Map<String, List<String>> attributes(int appNode) {
            return Visitor.attributes(run(appNode, "look").result("look"));
        }

        String cookie() {
            return cookie;
        }

        String key() {
            return Recording.key(cookie);
        }

        String storageKey() {
            return path + ":" + key();
        }

        /** The number of the memcached node that the cookie names. */
        int firstMemcachedNode() {
            return cookie.charAt(cookie.indexOf("-n") + 2) - '0';
        }
    }
}
