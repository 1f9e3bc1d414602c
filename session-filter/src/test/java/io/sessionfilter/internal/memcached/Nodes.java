package io.sessionfilter.internal.memcached;

import io.sessionfilter.internal.store.Item;
import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.NodeCall;
import io.sessionfilter.internal.store.NodeException;
import io.sessionfilter.internal.store.NodeId;
import io.sessionfilter.internal.time.TimeSource;
import io.sessionfilter.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.assertj.core.api.Assertions;

/** What the tests of this package share. */
final class Nodes {
    static final Duration TIMEOUT = Duration.ofMillis(500);
    /** For tests on a loaded machine in which a timeout would be a mistake. */
    static final Duration PATIENT = Duration.ofSeconds(5);

    private Nodes() {}

    static NodeSettings settings(int port, Duration timeout) {
        return new NodeSettings(new NodeId("n1"), "127.0.0.1", port, timeout, timeout, 3, 64, Duration.ofMillis(100));
    }

    static MemcachedNode connect(int port, Duration timeout) {
        return MemcachedNodes.connect(settings(port, timeout), TimeSource.SYSTEM);
    }

    static void awaitUsable(MemcachedNode node) {
        Await.until("node is usable", () -> node.health().usable());
    }

    static void awaitUnusable(MemcachedNode node) {
        Await.until("node is not usable", () -> !node.health().usable());
    }

    static Item item(String value, int stamp, long ttlSeconds) {
        return new Item(value.getBytes(StandardCharsets.UTF_8), stamp, ttlSeconds);
    }

    static Item item(String value) {
        return item(value, 7, 100);
    }

    /** Awaits an answer where a failure would be a mistake. */
    static <T> T answer(NodeCall<T> call) {
        try {
            return call.await();
        } catch (NodeException e) {
            throw new AssertionError(e);
        }
    }

    /** Awaits a failure and returns it. */
    static NodeException failure(NodeCall<?> call) {
        return Assertions.catchThrowableOfType(NodeException.class, call::await);
    }
}
