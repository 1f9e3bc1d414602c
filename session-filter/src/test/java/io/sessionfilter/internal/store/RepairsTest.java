package io.sessionfilter.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.store.Link.Loss;
import io.sessionfilter.internal.store.StoreCluster.AppNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Repairs (PROTOCOL.md section 5). */
class RepairsTest {
    private static final long STEP = 1L << 32;

    private final StoreCluster cluster = new StoreCluster(2);
    private final AppNode one = cluster.app();
    private final AppNode two = cluster.app();

    private boolean repair(AppNode app) {
        return app.store.repair(cluster.key, app.known, 0);
    }

    @Test
    void theFirstNodeIsFilledAgainOnlyAfterTheSecondHasRaisedTheRevision() {
        one.add("a", 1);
        long before = cluster.mustHave(1).revision();
        long commitId = cluster.mustHave(1).commitId();
        cluster.forget(0);

        assertThat(repair(one)).isTrue();

        assertThat(cluster.mustHave(0).revision()).isEqualTo(before + STEP);
        assertThat(cluster.mustHave(1).revision()).isEqualTo(before + STEP);
        assertThat(cluster.mustHave(0).commitId()).as("a repair adds no id").isEqualTo(commitId);
        assertThat(one.metrics.get(Counter.SESSIONS_REPAIRED)).isEqualTo(1);
    }

    @Test
    void aCommitOnItsWayToTheSecondNodeWhileTheFirstIsFilledAgainIsNotLost() {
        one.add("a", 1);
        two.open();
        one.link(1)
                .beforeNext(
                        () -> { // one has decided on the first node, which loses it
                            cluster.forget(0);
                            repair(two);
                            two.open();
                            two.add("b", 1);
                        });

        one.add("a", 1);

        assertThat(two.read("a")).isEqualTo(2);
        assertThat(two.read("b")).isEqualTo(1);
    }

    @Test
    void theSecondNodeGetsTheSameRecord() {
        one.add("a", 1);
        byte[] before = cluster.mustHave(0).bytes();
        cluster.forget(1);

        assertThat(repair(one)).isTrue();

        assertThat(cluster.mustHave(0).bytes()).isEqualTo(before);
        assertThat(cluster.mustHave(1).bytes()).isEqualTo(before);
    }

    @Test
    void anOlderCopyIsReplaced() {
        one.add("a", 1);
        two.open();
        one.link(0).cut();
        one.add("a", 1);

        assertThat(repair(two)).isTrue();

        assertThat(Counting.read(cluster.mustHave(0), "a")).isEqualTo(2);
    }

    @Test
    void aRepairDoesNotLengthenTheSessionsLife() {
        one.add("a", 1);
        cluster.forget(0);
        cluster.time.advance(Duration.ofSeconds(1000));

        repair(one);

        assertThat(cluster.remainingOn(0)).isEqualTo(StoreCluster.TTL_SECONDS - 1000);
        assertThat(cluster.remainingOn(1)).isEqualTo(StoreCluster.TTL_SECONDS - 1000);
    }

    @Test
    void anExpiredSessionIsNotRepaired() {
        one.add("a", 1);
        cluster.forget(0);
        cluster.time.advance(Duration.ofSeconds(Counting.TIMEOUT_SECONDS + 120));

        assertThat(repair(one)).isTrue();

        assertThat(cluster.recordOn(0)).isNull();
    }

    @Test
    void whatBothNodesHaveLostIsBroughtBackWithTheLifeItHadLeft() {
        one.add("a", 1);
        cluster.nodes.forEach(FakeNode::comeBackEmpty);

        assertThat(one.store.repair(
                        cluster.key, one.known, Duration.ofSeconds(100).toNanos()))
                .isTrue();

        assertThat(two.read("a")).isEqualTo(1);
        assertThat(cluster.mustHave(0).bytes()).isEqualTo(cluster.mustHave(1).bytes());
    }

    @Test
    void whatIsIdlePastItsTimeoutIsNotBroughtBack() {
        one.add("a", 1);
        cluster.nodes.forEach(FakeNode::comeBackEmpty);

        long idle = Duration.ofSeconds(Counting.TIMEOUT_SECONDS).toNanos();
        assertThat(one.store.repair(cluster.key, one.known, idle)).isTrue();

        assertThat(cluster.recordOn(0)).isNull();
        assertThat(cluster.recordOn(1)).isNull();
    }

    @Test
    void whatHasEndedIsNotBroughtBack() {
        one.add("a", 1);
        two.store.end(cluster.key, Counting.TIMEOUT_SECONDS);
        cluster.forget(0);

        repair(one);

        assertThat(cluster.mustHave(0).isTombstone()).isTrue();
    }

    @Test
    void aRepairThatMeetsASilentNodeIsNotDone() {
        one.add("a", 1);
        cluster.forget(0);
        one.link(0).loseNext(Loss.WITHOUT_EFFECT);

        assertThat(repair(one)).isFalse();
        assertThat(repair(one)).isTrue();
        assertThat(cluster.recordOn(0)).isNotNull();
    }

    @Test
    void equalCopiesCostTwoSmallCommands() {
        one.add("a", 1);
        one.log.clear();

        assertThat(repair(one)).isTrue();

        assertThat(Link.sent(one.log))
                .containsExactly(
                        cluster.node(0).id() + " fetch", cluster.node(1).id() + " fetch");
    }
}
