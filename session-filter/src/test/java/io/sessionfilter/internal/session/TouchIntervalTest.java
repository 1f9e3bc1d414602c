package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.session.TestCluster.Setup;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often requests that store nothing renew a session ({@code touchInterval}). */
class TouchIntervalTest {
    private final TestCluster cluster = new TestCluster();

    /** How many operations an untouched request each second costs in so many seconds. */
    private int renewals(AppNode node, int timeoutSeconds, int seconds) {
        SessionUse session = node.manager.create(timeoutSeconds);
        session.setAttribute("a", "1");
        session.commit();
        session.active(false);
        int before = cluster.memcached.operations;
        for (int second = 0; second < seconds; second++) {
            cluster.time.advance(Duration.ofSeconds(1));
            assertThat(node.manager.keepAlive(session.id().key())).isTrue();
        }
        return cluster.memcached.operations - before;
    }

    @Test
    void aSessionIsRenewedOncePerInterval() {
        AppNode node = cluster.with("jvm1", new Setup().sticky().touchingEach(Duration.ofSeconds(20)));

        assertThat(renewals(node, 1800, 100)).isEqualTo(5);
    }

    @Test
    void byDefaultTheIntervalIsATenthOfTheTimeout() {
        assertThat(renewals(cluster.sticky("jvm1"), 100, 100)).isEqualTo(10);
    }

    @Test
    void byDefaultItIsAMinuteAtMost() {
        assertThat(renewals(cluster.sticky("jvm1"), 36_000, 300)).isEqualTo(5);
        assertThat(renewals(cluster.sticky("jvm1"), -1, 300))
                .as("never expires")
                .isEqualTo(5);
    }

    @Test
    void aSessionIsRenewedInTimeThoughTheIntervalIsLongerThanItsTimeout() {
        AppNode node = cluster.with("jvm1", new Setup().sticky().touchingEach(Duration.ofHours(1)));

        assertThat(renewals(node, 60, 300)).isEqualTo(10);
    }

    @Test
    void aSessionInUseElsewhereIsAliveHoweverRarelyItIsRenewed() {
        Duration interval = Duration.ofMinutes(10);
        AppNode one = cluster.with("jvm1", new Setup().sticky().touchingEach(interval));
        AppNode two = cluster.with("jvm2", new Setup().sticky().touchingEach(interval));
        SessionId id = one.createSession("a", "1");
        two.open(id).active(false);

        for (int minute = 0; minute < 50; minute++) {
            cluster.time.advance(Duration.ofMinutes(1));
            assertThat(one.manager.keepAlive(id.key())).isTrue();
        }

        assertThat(two.read(id, "a"))
                .as("idle here for longer than its timeout")
                .isEqualTo("1");
    }
}
