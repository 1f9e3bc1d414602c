package io.sessionfilter.internal.store;

import static io.sessionfilter.internal.store.StoreCluster.ended;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.store.Link.Loss;
import io.sessionfilter.internal.store.StoreCluster.AppNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tombstones (PROTOCOL.md sections 4 and 6). */
class EndingTest {
    private static final int TIMEOUT = Counting.TIMEOUT_SECONDS;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(TIMEOUT + 120);

    private final StoreCluster cluster = new StoreCluster(3);
    private final AppNode one = cluster.app();
    private final AppNode two = cluster.app();

    @Test
    void aLogoutIsOnAllNodesForTwiceTheLifeOfASession() {
        one.add("a", 1);

        one.store.endSession(cluster.key, one.known, TIMEOUT);

        for (int node = 0; node < 3; node++) {
            assertThat(cluster.mustHave(node).isTombstone()).isTrue();
            assertThat(cluster.remainingOn(node)).isEqualTo(2 * StoreCluster.TTL_SECONDS);
        }
        assertThat(one.store.debts()).isZero();
    }

    @Test
    void aNodeThatCouldNotBeToldOfALogoutIsToldWhenItIsBack() {
        one.add("a", 1);
        cluster.node(0).goDown();
        one.store.end(cluster.key, TIMEOUT);
        cluster.node(0).comeBack();
        assertThat(cluster.mustHave(0).isTombstone()).isFalse();

        one.executor.runAll();

        assertThat(cluster.mustHave(0).isTombstone()).isTrue();
        assertThat(one.store.debts()).isZero();
    }

    @Test
    void whoReadsOfALogoutTellsTheNodeThatWasDownToo() {
        one.add("a", 1);
        cluster.node(0).goDown();
        one.store.end(cluster.key, TIMEOUT); // and dies
        assertThat(two.open()).satisfies(ended(false));
        cluster.node(0).comeBack();

        two.executor.runAll();

        assertThat(cluster.mustHave(0).isTombstone()).isTrue();
        assertThat(two.store.debts()).isZero();
    }

    @Test
    void aNodeThatRefusesDoesNotKeepOthersFromBeingTold() {
        one.add("a", 1);
        cluster.nodes.forEach(FakeNode::goDown);
        one.store.end(cluster.key, TIMEOUT);
        cluster.nodes.forEach(FakeNode::comeBack);
        cluster.node(0).refuseNextWrite();

        one.executor.runAll();

        assertThat(cluster.mustHave(1).isTombstone()).isTrue();
        assertThat(cluster.mustHave(2).isTombstone()).isTrue();
        assertThat(one.store.debts()).isEqualTo(1);
        one.executor.runAll();
        assertThat(one.store.debts()).isZero();
    }

    @Test
    void anExpiredSessionIsEndedByOneAppNodeOnly() {
        one.add("a", 1);
        cluster.time.advance(LONG_ENOUGH);

        assertThat(two.open()).satisfies(ended(true));
        assertThat(one.open(LONG_ENOUGH.toSeconds())).satisfies(ended(false));

        assertThat(two.metrics.get(Counter.SESSIONS_EXPIRED)).isEqualTo(1);
        assertThat(one.metrics.get(Counter.SESSIONS_EXPIRED)).isZero();
        for (int node = 0; node < 3; node++) {
            assertThat(cluster.mustHave(node).isTombstone()).isTrue();
        }
    }

    @Test
    void twoAppNodesThatEndAnExpiredSessionAtTheSameTimeAreNotBothTheFirst() {
        one.add("a", 1);
        cluster.time.advance(LONG_ENOUGH);
        OpenResult[] other = new OpenResult[1];
        two.link(0).beforeNext(() -> two.link(0).beforeNext(() -> other[0] = one.open(LONG_ENOUGH.toSeconds())));

        OpenResult mine = two.open();

        assertThat(other[0]).satisfies(ended(true));
        assertThat(mine).satisfies(ended(false));
    }

    @Test
    void anAppNodeThatCannotReachTheFirstNodeDoesNotClaimAnExpiryThatAnotherHasWon() {
        one.add("a", 1);
        cluster.time.advance(LONG_ENOUGH);
        two.link(0).cut();
        OpenResult[] other = new OpenResult[1];
        // One has won on the first node; two is faster on the second.
        one.link(1).beforeNext(() -> one.link(1).beforeNext(() -> other[0] = two.open()));

        OpenResult mine = one.open(LONG_ENOUGH.toSeconds());

        assertThat(other[0]).satisfies(ended(true));
        assertThat(mine).satisfies(ended(false));
    }

    @Test
    void anAppNodeWhoseTombstoneAReaderHasSpreadIsStillTheOneThatHasEndedTheSession() {
        one.add("a", 1);
        cluster.time.advance(LONG_ENOUGH);
        OpenResult[] other = new OpenResult[1];
        // One has won on the first node, and two, which reads, brings its tombstone to the second.
        one.link(1).beforeNext(() -> one.link(1).beforeNext(() -> other[0] = two.open()));

        OpenResult mine = one.open(LONG_ENOUGH.toSeconds());

        assertThat(other[0]).satisfies(ended(false));
        assertThat(mine).satisfies(ended(true));
    }

    @Test
    void aSessionUsedWhileItIsAboutToBeEndedAsExpiredLivesOn() {
        one.add("a", 1);
        cluster.time.advance(LONG_ENOUGH);
        one.link(0)
                .beforeNext(() ->
                        one.link(0).beforeNext(() -> two.store.commit(cluster.key, one.known, new Counting("a", 1))));

        assertThat(one.open(LONG_ENOUGH.toSeconds())).isInstanceOf(OpenResult.Found.class);
        assertThat(one.read("a")).isEqualTo(2);
    }

    @Test
    void aSessionRenewedOnOneCopyOnlyIsAlive() {
        one.add("a", 1);
        cluster.time.advance(Duration.ofSeconds(TIMEOUT - 1));
        one.link(0).cut();
        one.open();
        one.link(0).mend();
        cluster.time.advance(Duration.ofSeconds(121));

        assertThat(two.open()).isInstanceOf(OpenResult.Found.class);
    }

    @Test
    void renewalDoesNotRideOnTheReadThatDecides() {
        one.add("a", 1);
        cluster.time.advance(LONG_ENOUGH);
        two.link(0).loseNext(Loss.WITH_EFFECT);
        two.link(1).loseNext(Loss.WITH_EFFECT);
        two.link(2).loseNext(Loss.WITH_EFFECT);
        assertThat(two.open(0)).isInstanceOf(OpenResult.Unreadable.class);

        assertThat(two.open()).satisfies(ended(true));
    }

    @Test
    void aLookForExpiryEndsWhatHasExpiredAndRenewsNothing() {
        one.add("a", 1);
        cluster.time.advance(Duration.ofSeconds(TIMEOUT - 10));
        assertThat(one.store.expireIfIdle(cluster.key, one.known.stamp(), 0)).isInstanceOf(OpenResult.Found.class);
        assertThat(cluster.remainingOn(0)).isEqualTo(StoreCluster.TTL_SECONDS - TIMEOUT + 10);

        cluster.time.advance(Duration.ofSeconds(10));
        long idle = Duration.ofSeconds(TIMEOUT).toNanos();

        assertThat(one.store.expireIfIdle(cluster.key, one.known.stamp(), idle)).satisfies(ended(true));
    }

    @Test
    void aLookForExpiryEndsNothingWhileACopyCannotBeAsked() {
        StoreCluster pair = new StoreCluster(2);
        AppNode app = pair.app();
        app.add("a", 1);
        pair.time.advance(LONG_ENOUGH);
        app.link(0).cut();

        assertThat(app.store.expireIfIdle(pair.key, app.known.stamp(), LONG_ENOUGH.toNanos()))
                .isInstanceOf(OpenResult.Unreadable.class);
    }
}
