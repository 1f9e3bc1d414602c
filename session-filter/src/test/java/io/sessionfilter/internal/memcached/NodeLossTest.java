package io.sessionfilter.internal.memcached;

import static io.sessionfilter.internal.memcached.Nodes.PATIENT;
import static io.sessionfilter.internal.memcached.Nodes.awaitUsable;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.store.Item;
import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.NodeException;
import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.MemcachedProcess;
import org.junit.jupiter.api.Test;

/** What a memcached node has lost: with real processes. */
class NodeLossTest {
    @Test
    void aNodeHasAllThatItWasGivenSinceItStarted() {
        try (MemcachedProcess memcached = MemcachedProcess.start();
                MemcachedNode node = Nodes.connect(memcached.port(), PATIENT)) {
            awaitUsable(node);
            int before = node.health().losses();
            long start = node.health().lossNoticedNanos();

            memcached.restart();

            Await.until("the restart was noticed", () -> node.health().losses() == before + 1);
            assertThat(node.health().lossNoticedNanos()).isGreaterThan(start);
        }
    }

    @Test
    void anEvictionOfLiveItemsIsALoss() throws NodeException {
        try (MemcachedProcess memcached = MemcachedProcess.start("-m", "8");
                MemcachedNode node = Nodes.connect(memcached.port(), PATIENT)) {
            awaitUsable(node);
            int before = node.health().losses();

            for (int i = 0; i < 4_000; i++) {
                node.set("k" + i, new Item(new byte[10_000], 1, 1000)).await();
            }

            Await.until("the evictions were noticed", () -> node.health().losses() > before);
            assertThat(node.health().usable()).isTrue();
        }
    }

    @Test
    void aNodeThatOnlyLosesItsConnectionHasLostNothing() {
        try (MemcachedProcess memcached = MemcachedProcess.start();
                MemcachedNode node = Nodes.connect(memcached.port(), Nodes.TIMEOUT)) {
            awaitUsable(node);
            int losses = node.health().losses();
            int connection = node.health().incarnation();

            memcached.freeze();
            Nodes.awaitUnusable(node);
            memcached.thaw();

            Await.until("connected again", () -> node.health().incarnation() > connection);
            assertThat(node.health().losses()).isEqualTo(losses);
        }
    }
}
