package io.sessionfilter.internal.memcached;

import static io.sessionfilter.internal.memcached.Nodes.TIMEOUT;
import static io.sessionfilter.internal.memcached.Nodes.awaitUsable;
import static io.sessionfilter.internal.memcached.Nodes.failure;
import static io.sessionfilter.internal.memcached.Nodes.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.NodeCall;
import io.sessionfilter.internal.store.NodeException.Kind;
import io.sessionfilter.internal.store.NodeId;
import io.sessionfilter.internal.store.Written;
import io.sessionfilter.internal.time.TimeSource;
import io.sessionfilter.testkit.FreePort;
import io.sessionfilter.testkit.MemcachedProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NodeCloseTest {
    private static final NodeId ID = new NodeId("closing");

    private static MemcachedNode connect(int port, Duration timeout) {
        return MemcachedNodes.connect(new NodeSettings(ID, "127.0.0.1", port, timeout), TimeSource.SYSTEM);
    }

    /** Of our threads and of xmemcached's, those of this test. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.contains(ID.value()) || name.startsWith("Heal-Session"))
                .collect(Collectors.toList());
    }

    @Test
    void leavesNoThread() {
        try (MemcachedProcess memcached = MemcachedProcess.start()) {
            MemcachedNode node = connect(memcached.port(), TIMEOUT);
            awaitUsable(node);
            assertThat(threads())
                    .containsExactlyInAnyOrder("session-filter-probe-closing", "session-filter-memcached-closing");

            node.close();
            node.close();

            assertThat(threads()).isEmpty();
            assertThat(node.health().usable()).isFalse();
            assertThat(failure(node.set("k", item("v"))).kind()).isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void leavesNoThreadWhenTheNodeWasNeverReached() {
        MemcachedNode node = connect(FreePort.find(), TIMEOUT);

        node.close();

        assertThat(threads()).isEmpty();
    }

    @Test
    void ofAFrozenNodeIsBoundedAndFailsWhatIsUnderWay() {
        try (MemcachedProcess memcached = MemcachedProcess.start()) {
            MemcachedNode node = connect(memcached.port(), Duration.ofSeconds(20));
            awaitUsable(node);
            memcached.freeze();
            NodeCall<Written> small = node.set("k", item("v"));
            for (int i = 0; i < 30; i++) {
                node.set("k" + i, item("v".repeat(900_000))); // more than all buffers between here and there hold
            }
            long before = System.nanoTime();

            node.close();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(6));
            assertThat(failure(small).kind()).isEqualTo(Kind.UNKNOWN);
            assertThat(threads()).isEmpty();
        }
    }
}
