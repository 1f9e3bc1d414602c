package io.sessionfilter.internal.store;

import static io.sessionfilter.internal.store.StoreCluster.ended;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.store.Link.Loss;
import io.sessionfilter.internal.store.StoreCluster.AppNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Reading two copies (PROTOCOL.md section 2). */
class OpeningTest {
    private static final int TIMEOUT = Counting.TIMEOUT_SECONDS;

    private final StoreCluster cluster = new StoreCluster(3);
    private final AppNode one = cluster.app();
    private final AppNode two = cluster.app();

    @Test
    void aKnownRecordIsConfirmedByBothCopiesInOneRoundTripWithoutValues() {
        one.add("a", 1);
        one.log.clear();
        int values = cluster.node(0).values + cluster.node(1).values;

        assertThat(one.open()).isInstanceOf(OpenResult.Found.class);

        String first = cluster.node(0).id().toString();
        String second = cluster.node(1).id().toString();
        assertThat(one.log)
                .containsExactly(
                        first + " fetch renew", second + " fetch renew", first + " answered", second + " answered");
        assertThat(cluster.node(0).values + cluster.node(1).values).isEqualTo(values);
    }

    @Test
    void anUnknownSessionCostsOneValue() {
        one.add("a", 1);
        two.log.clear();

        assertThat(two.open()).isInstanceOf(OpenResult.Found.class);

        assertThat(two.log)
                .startsWith(
                        cluster.node(0).id() + " fetch value", cluster.node(1).id() + " fetch");
        assertThat(two.log).filteredOn(line -> line.contains("value")).hasSize(1);
    }

    @Test
    void aReaderSeesWhatAnAppNodeThatIsCutOffFromTheFirstNodeHasCommittedOnTheSecond() {
        one.add("a", 1);
        two.open();
        one.link(0).cut();
        one.add("a", 1);

        assertThat(two.read("a")).isEqualTo(2);
    }

    @Test
    void aReaderSeesALogoutThatHasReachedTheSecondNodeOnlyAndBringsItToTheFirst() {
        one.add("a", 1);
        two.open();
        one.link(0).cut();
        one.link(2).cut();
        one.store.end(cluster.key, TIMEOUT);

        assertThat(two.open()).satisfies(ended(false));
        assertThat(cluster.mustHave(0).isTombstone()).isTrue();
    }

    @Test
    void whereOneOfTheTwoMissesTheSessionAllOthersAreAsked() {
        one.link(0).cut();
        one.add("a", 1); // on the second and the third
        cluster.forget(1);

        assertThat(two.read("a")).isEqualTo(1);
    }

    @Test
    void aTombstoneOnAThirdNodeCountsToo() {
        one.add("a", 1);
        one.link(0).cut();
        one.link(1).cut();
        one.store.end(cluster.key, TIMEOUT);
        cluster.forget(0);

        assertThat(two.open()).satisfies(ended(false));
        assertThat(cluster.mustHave(1).isTombstone()).isTrue();
    }

    @Test
    void bothCopiesAreRenewed() {
        one.add("a", 1);
        cluster.time.advance(Duration.ofSeconds(TIMEOUT - 1));

        one.open();

        assertThat(cluster.remainingOn(0)).isEqualTo(StoreCluster.TTL_SECONDS);
        assertThat(cluster.remainingOn(1)).isEqualTo(StoreCluster.TTL_SECONDS);
    }

    @Test
    void aReaderWhoDoesNotKnowTheSessionRenewsBothCopiesToo() {
        one.add("a", 1);
        cluster.time.advance(Duration.ofSeconds(TIMEOUT - 1));

        two.open();

        assertThat(cluster.remainingOn(0)).isEqualTo(StoreCluster.TTL_SECONDS);
        assertThat(cluster.remainingOn(1)).isEqualTo(StoreCluster.TTL_SECONDS);
    }

    @Test
    void aRenewalThatIsNotAnsweredDoesNotMakeTheOnlyCopyALostOne() {
        AppNode alone = cluster.new AppNode(1);
        alone.add("a", 1);
        alone.known = null;
        alone.link(0)
                .beforeNext(() -> alone.link(0).beforeNext(() -> alone.link(0).loseNext(Loss.WITHOUT_EFFECT)));

        assertThat(alone.open()).isInstanceOf(OpenResult.Found.class);

        assertThat(alone.known.isLost()).isFalse();
    }

    @Test
    void aRenewalDoesNotShortenTheLifeOfATombstone() {
        one.add("a", 1);
        two.open();
        one.store.end(cluster.key, TIMEOUT);

        assertThat(two.open()).satisfies(ended(false));

        for (int node = 0; node < 3; node++) {
            assertThat(cluster.remainingOn(node)).isEqualTo(2 * StoreCluster.TTL_SECONDS);
        }
    }

    @Test
    void aLogoutBetweenTheReadAndTheRenewalIsSeen() {
        one.add("a", 1);
        // The first reads, then both are renewed.
        two.link(0).beforeNext(() -> two.link(0).beforeNext(() -> one.store.end(cluster.key, TIMEOUT)));

        assertThat(two.open()).satisfies(ended(false));
    }

    @Test
    void aNodeThatDoesNotAnswerMakesRoomForTheNext() {
        one.add("a", 1);
        two.link(0).loseNext(Loss.WITHOUT_EFFECT);

        assertThat(two.read("a")).isEqualTo(1);
        assertThat(two.log).contains(cluster.node(2).id() + " fetch");
    }

    @Test
    void thereIsNoSessionIfAllNodesSaySo() {
        assertThat(one.open()).isInstanceOf(OpenResult.Missing.class);
    }

    @Test
    void thereIsNoSessionIfOneOfItsTwoCopiesWouldHaveBeenAmongTheAnswers() {
        one.link(1).cut();

        assertThat(one.open()).isInstanceOf(OpenResult.Missing.class);
    }

    @Test
    void nobodyKnowsIfBothCopiesMayBeWhereNobodyAnswers() {
        one.link(0).cut();
        one.link(1).cut();

        assertThat(one.open()).isInstanceOf(OpenResult.Unreadable.class);
    }

    @Test
    void nobodyKnowsIfANodeThatAnswersMayHaveLostTheOtherCopy() {
        one.add("a", 1);
        cluster.forget(0);
        cluster.forget(1);
        cluster.forget(2);
        cluster.node(1).noticeLoss();
        two.link(0).cut();

        assertThat(two.open()).isInstanceOf(OpenResult.Unreadable.class);

        cluster.time.advance(Duration.ofSeconds(StoreCluster.TTL_SECONDS));
        assertThat(two.open())
                .as("all that it may have lost would have expired")
                .isInstanceOf(OpenResult.Missing.class);
    }

    @Test
    void aNodeThatHasBeenDownForALifetimeCountsAsOneWithoutTheSession() {
        cluster.node(0).goDown();
        cluster.node(1).goDown();
        cluster.time.advance(Duration.ofSeconds(StoreCluster.TTL_SECONDS - 1));
        assertThat(one.open()).isInstanceOf(OpenResult.Unreadable.class);

        cluster.time.advance(Duration.ofSeconds(1));
        assertThat(one.open()).isInstanceOf(OpenResult.Missing.class);
    }

    @Test
    void noNodeAtAllIsNeverAnAbsence() {
        cluster.nodes.forEach(FakeNode::goDown);
        cluster.time.advance(Duration.ofSeconds(2 * StoreCluster.TTL_SECONDS));

        assertThat(one.open()).isInstanceOf(OpenResult.Unreadable.class);
    }

    @Test
    void whatAllNodesHaveLostTheNearCacheBringsBack() {
        one.add("a", 1);
        cluster.nodes.forEach(FakeNode::comeBackEmpty);

        assertThat(one.open()).isInstanceOf(OpenResult.Found.class);
        assertThat(one.known).matches(StoredRecord::isLost);
        one.add("a", 1);

        assertThat(two.read("a")).isEqualTo(2);
        assertThat(one.metrics.get(Counter.SESSIONS_RESTORED)).isEqualTo(1);
    }

    @Test
    void whatHasBeenIdlePastItsTimeoutTheNearCacheDoesNotBringBack() {
        one.add("a", 1);
        cluster.nodes.forEach(FakeNode::comeBackEmpty);

        assertThat(one.open(TIMEOUT)).isInstanceOf(OpenResult.Missing.class);
    }

    @Test
    void anOlderCopyThanTheNearCacheHasIsNotServed() {
        one.add("a", 1);
        one.link(0).cut();
        one.link(2).cut();
        one.add("a", 1); // on the second only
        one.link(0).mend();
        cluster.forget(1);

        assertThat(one.read("a")).isEqualTo(2);
        one.add("a", 1);
        assertThat(two.read("a")).isEqualTo(3);
    }

    @Test
    void aSecondCopyThatIsMissingIsRepairedInTheBackground() {
        one.add("a", 1);
        cluster.forget(1);

        two.open();
        two.executor.runAll();

        assertThat(cluster.mustHave(1).bytes()).isEqualTo(cluster.mustHave(0).bytes());
    }
}
