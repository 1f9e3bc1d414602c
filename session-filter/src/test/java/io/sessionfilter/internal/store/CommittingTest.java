package io.sessionfilter.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.record.RecordContent;
import io.sessionfilter.internal.record.Segment;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.store.Link.Loss;
import io.sessionfilter.internal.store.StoreCluster.AppNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Writing two copies (PROTOCOL.md section 3). */
class CommittingTest {
    private static final long STEP = 1L << 32;

    private final StoreCluster cluster = new StoreCluster(3);
    private final AppNode one = cluster.app();
    private final AppNode two = cluster.app();

    private String first(String what) {
        return cluster.node(0).id() + " " + what;
    }

    private String second(String what) {
        return cluster.node(1).id() + " " + what;
    }

    @Test
    void aCommitIsOnTheFirstTwoNodesOfTheRing() {
        one.add("a", 1);

        assertThat(cluster.mustHave(0).bytes()).isEqualTo(cluster.mustHave(1).bytes());
        assertThat(cluster.copyOn(0).orElseThrow().stamp())
                .isEqualTo(cluster.copyOn(1).orElseThrow().stamp());
        assertThat(cluster.recordOn(2)).isNull();
    }

    @Test
    void theSecondCopyIsWrittenOnlyAfterTheFirstWasAcknowledged() {
        one.add("a", 1);
        one.log.clear();

        one.add("a", 1);

        assertThat(one.log).containsExactly(first("cas"), first("answered"), second("cas"), second("answered"));
    }

    @Test
    void whatSomebodyElseHasCommittedMeanwhileIsKept() {
        one.add("a", 1);
        two.open();
        two.add("b", 5);

        assertThat(one.add("a", 1)).isInstanceOf(CommitResult.Stored.class);

        assertThat(two.read("a")).isEqualTo(2);
        assertThat(two.read("b")).isEqualTo(5);
        assertThat(one.metrics.get(Counter.SAVE_CONFLICTS)).isEqualTo(1);
    }

    @Test
    void whatIsCommittedBetweenTheTwoWritesIsKept() {
        one.add("a", 1);
        two.open();
        one.link(1).beforeNext(() -> two.add("a", 10));

        one.add("a", 1);

        assertThat(two.read("a")).isEqualTo(12);
        assertThat(cluster.mustHave(0).bytes()).isEqualTo(cluster.mustHave(1).bytes());
    }

    @Test
    void aWriteWhoseAnswerWasLostAndOnWhichSomebodyElseHasBuiltCountsOnce() {
        one.add("a", 1);
        two.open();
        one.link(0).loseNext(Loss.WITH_EFFECT);
        one.link(1)
                .beforeNext(
                        () -> { // the first node's copy, with the lost answer's change, reaches the second so
                            two.open();
                            two.add("a", 10);
                        });

        one.add("a", 1);

        assertThat(two.read("a")).isEqualTo(12);
    }

    @Test
    void aWriteThatHappensLateLosesAgainstWhatWasCommittedWithoutIt() {
        one.add("a", 1);
        one.link(0).loseNext(Loss.LATER);
        one.add("a", 1);
        one.link(0).deliver();

        assertThat(cluster.mustHave(1).revision() - cluster.mustHave(0).revision())
                .isEqualTo(STEP - 1);
        two.add("a", 0);
        assertThat(two.read("a")).isEqualTo(2);
    }

    @Test
    void aCommitThatTheFirstNodeCannotDecideBeatsWhateverThatDecides() {
        one.add("a", 1);
        long before = cluster.mustHave(0).revision();
        one.link(0).cut();

        one.add("a", 1);

        assertThat(cluster.mustHave(1).revision()).isEqualTo(before + STEP);
        assertThat(cluster.mustHave(2).bytes()).isEqualTo(cluster.mustHave(1).bytes());
    }

    @Test
    void aNodeThatHasLostItsCopyDoesNotDecide() {
        one.add("a", 1);
        long before = cluster.mustHave(1).revision();
        cluster.forget(0);
        one.log.clear();

        one.add("a", 1);

        assertThat(Link.sent(one.log))
                .filteredOn(line -> line.endsWith("cas") || line.endsWith("add"))
                .containsExactly(first("cas"), second("cas"), first("add"));
        assertThat(cluster.mustHave(0).revision()).isEqualTo(before + STEP);
        assertThat(cluster.mustHave(1).revision()).isEqualTo(before + STEP);
    }

    @Test
    void afterASurpriseNothingThatWasKnownCounts() {
        one.add("a", 1);
        two.open();
        // One has decided on the first node, finds another's change on the second, and cannot read that then.
        one.link(1).beforeNext(() -> {
            two.link(0).cut();
            two.add("b", 5);
            one.link(1).loseNext(Loss.WITHOUT_EFFECT);
        });

        assertThat(one.add("a", 1)).isInstanceOf(CommitResult.Stored.class);

        two.link(0).mend();
        assertThat(two.read("b")).isEqualTo(5);
    }

    @Test
    void tokensOfAnEarlierConnectionAreNotSent() {
        one.add("a", 1);
        one.link(0).cut();
        one.link(0).mend();
        one.log.clear();

        one.add("a", 1);

        assertThat(one.log.get(0)).isEqualTo(first("fetch"));
        assertThat(one.metrics.get(Counter.SAVE_CONFLICTS)).isZero();
        assertThat(cluster.mustHave(0).bytes()).isEqualTo(cluster.mustHave(1).bytes());
    }

    @Test
    void oneCopyIsEnoughIfOnlyOneNodeIsLeftAndTheOtherFollows() {
        StoreCluster pair = new StoreCluster(2);
        AppNode app = pair.app();
        app.add("a", 1);
        pair.node(0).goDown();
        assertThat(app.add("a", 1)).isInstanceOf(CommitResult.Stored.class);
        assertThat(app.store.debts()).isEqualTo(1);

        app.executor.runAll();
        assertThat(app.store.debts()).as("the node is still down").isEqualTo(1);
        pair.node(0).comeBack();
        app.executor.runAll();

        assertThat(app.store.debts()).isZero();
        assertThat(Counting.read(pair.mustHave(0), "a")).isEqualTo(2);
        assertThat(pair.mustHave(0).bytes()).isEqualTo(pair.mustHave(1).bytes());
    }

    @Test
    void aNodeThatComesBackEmptyGetsItsCopyByTheDebt() {
        StoreCluster pair = new StoreCluster(2);
        AppNode app = pair.app();
        app.add("a", 1);
        pair.node(0).goDown();
        app.add("a", 1);
        pair.node(0).comeBackEmpty();

        app.executor.runAll();

        assertThat(Counting.read(pair.mustHave(0), "a")).isEqualTo(2);
        assertThat(pair.mustHave(0).bytes()).isEqualTo(pair.mustHave(1).bytes());
    }

    @Test
    void withoutAnyNodeNothingIsAcknowledged() {
        one.add("a", 1);
        cluster.nodes.forEach(FakeNode::goDown);

        assertThat(one.add("a", 1))
                .isInstanceOfSatisfying(
                        CommitResult.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOfSatisfying(
                                        NodeException.class,
                                        cause -> assertThat(cause.isOutage()).isTrue()));
    }

    @Test
    void aLogoutMeanwhileEndsTheCommitAndIsSpread() {
        one.add("a", 1);
        two.link(0).cut();
        two.link(2).cut();
        two.store.end(cluster.key, Counting.TIMEOUT_SECONDS);

        assertThat(one.add("a", 1)).isInstanceOf(CommitResult.Ended.class);

        assertThat(cluster.mustHave(0).isTombstone()).isTrue();
    }

    @Test
    void whoLosesAgainAndAgainGivesUpWithoutBlamingANode() {
        one.add("a", 1);
        two.open();
        long begin = cluster.time.nanos();
        for (int i = 0; i < 200; i++) {
            one.link(0).beforeNext(() -> two.add("b", 1));
        }

        assertThat(one.add("a", 1))
                .isInstanceOfSatisfying(
                        CommitResult.Failed.class,
                        failed -> assertThat(failed.cause()).isInstanceOf(ContentionException.class));
        assertThat(cluster.time.nanos()).as("it paused in between").isGreaterThan(begin);
    }

    @Test
    void whatIsTooLargeForANodeIsSentToNone() {
        one.add("a", 1);
        one.log.clear();
        RecordChange huge = new RecordChange() {
            @Override
            public void begins(long commitId) {
                // makes nothing that could be there twice
            }

            @Override
            public long created() {
                return 1;
            }

            @Override
            public RecordContent over(@Nullable SessionRecord current) {
                byte[] value = new byte[2_000_000];
                Segment segment = Segment.of(
                        (byte) 1, 0, false, value, Segment.headerLength(), value.length - Segment.headerLength());
                return new RecordContent(Map.of("huge", segment), 60, 1);
            }
        };

        assertThat(one.store.commit(cluster.key, one.known, huge))
                .isInstanceOfSatisfying(
                        CommitResult.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOfSatisfying(
                                        NodeException.class,
                                        cause -> assertThat(cause.kind()).isEqualTo(NodeException.Kind.TOO_LARGE)));
        assertThat(Link.sent(one.log)).isEqualTo(List.of());
        assertThat(two.read("a")).isEqualTo(1);
    }

    @Test
    void changesThatTwoAppNodesMadeEachCutOffFromTheOthersNodeAreCountedAsDiverged() {
        StoreCluster pair = new StoreCluster(2);
        AppNode left = pair.app();
        AppNode right = pair.app();
        left.add("a", 1);
        right.open();
        left.link(0).cut();
        right.link(1).cut();
        left.add("a", 1);
        right.add("b", 1);
        left.link(0).mend();

        left.open();
        left.executor.runAll();

        assertThat(left.metrics.get(Counter.DIVERGED)).isEqualTo(1);
        assertThat(pair.mustHave(0).bytes()).isEqualTo(pair.mustHave(1).bytes());
    }
}
