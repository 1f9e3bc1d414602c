package io.sessionfilter.internal.store;

import static io.sessionfilter.internal.store.StoreCluster.ended;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.store.Link.Loss;
import io.sessionfilter.internal.store.SessionStore.Retirement;
import io.sessionfilter.internal.store.StoreCluster.AppNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Changes of key (PROTOCOL.md section 4). */
class RetiringTest {
    private static final int TIMEOUT = Counting.TIMEOUT_SECONDS;
    private static final String NEW = "newKey";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StoreCluster cluster = new StoreCluster(2);
    private final AppNode one = cluster.app();
    private final AppNode two = cluster.app();
    private final Retirement retirement = one.store.retire(cluster.key);

    private static StoredRecord found(OpenResult result) {
        assertThat(result).isInstanceOf(OpenResult.Found.class);
        return ((OpenResult.Found) result).stored();
    }

    private boolean isThere(String key) {
        return cluster.app().store.open(key, null, 0) instanceof OpenResult.Found;
    }

    @Test
    void theFormerKeyNamesTheNewOneOnEachNodeInOneCommandEach() {
        one.add("a", 1);
        one.log.clear();

        assertThat(retirement.end(one.known, NEW)).satisfies(ended(true));

        assertThat(Link.sent(one.log))
                .containsExactly(cluster.node(0).id() + " cas", cluster.node(1).id() + " cas");
        for (int node = 0; node < 2; node++) {
            assertThat(cluster.mustHave(node).movedTo()).isEqualTo(NEW);
            assertThat(cluster.remainingOn(node)).isEqualTo(2 * StoreCluster.TTL_SECONDS);
        }
        assertThat(two.open()).satisfies(ended(false));
    }

    @Test
    void aReaderThatSpreadsALogoutLeavesTheNewKeyForTheOneWhoLogsOut() {
        one.add("a", 1);
        two.open();
        AppNode reader = cluster.app();
        two.link(0).cut(); // two gives a new key, and the second node alone hears of it
        // One logs out on the first node. A reader sees that, and two is faster than both on the second node.
        one.link(1).beforeNext(() -> {
            reader.link(1)
                    .beforeNext(() -> reader.link(1)
                            .beforeNext(() -> reader.link(1)
                                    .beforeNext(
                                            () -> two.store.retire(cluster.key).end(two.known, NEW))));
            assertThat(reader.open()).satisfies(ended(false));
        });
        two.store.commit(NEW, null, new Counting("a", 1));
        assertThat(isThere(NEW)).isTrue();

        one.store.endSession(cluster.key, one.known, TIMEOUT);

        assertThat(isThere(NEW)).isFalse();
    }

    @Test
    void aWriteFromBeforeTheChangeThatHappensLateIsEndedByWhoeverReads() {
        one.link(0).loseNext(Loss.LATER);
        one.add("a", 1); // goes on with the second node, and beats whatever the first one has decided
        one.link(0).cut();
        assertThat(retirement.end(one.known, NEW)).satisfies(ended(true));
        one.link(0).deliver();
        assertThat(cluster.mustHave(0).isTombstone()).isFalse();

        assertThat(two.open()).satisfies(ended(false));

        assertThat(cluster.mustHave(0).movedTo()).isEqualTo(NEW);
    }

    @Test
    void whatWasStoredSinceItWasCopiedIsFoundAndNothingHasEnded() {
        one.add("a", 1);
        two.open();
        two.add("a", 1);

        StoredRecord newer = found(retirement.end(one.known, NEW));

        assertThat(Counting.read(newer.record(), "a")).isEqualTo(2);
        assertThat(two.read("a")).isEqualTo(2);
    }

    @Test
    void whatAnAppNodeThatCannotReachTheFirstNodeHasStoredIsFoundAndCanBeTakenAlong() {
        one.add("a", 1);
        two.open();
        two.link(0).cut();
        two.add("a", 1);

        StoredRecord newer = found(retirement.end(one.known, NEW));
        assertThat(Counting.read(newer.record(), "a")).isEqualTo(2);
        assertThat(retirement.end(newer, "newerKey")).satisfies(ended(true));

        assertThat(cluster.mustHave(1).movedTo()).isEqualTo("newerKey");
    }

    @Test
    void aReaderDoesNotBringTheTombstoneToWhatIsStillToBeTakenAlong() {
        one.add("a", 1);
        two.open();
        two.link(0).cut();
        two.add("a", 1);
        found(retirement.end(one.known, NEW));

        assertThat(cluster.app().open()).satisfies(ended(false));

        assertThat(Counting.read(cluster.mustHave(1), "a")).isEqualTo(2);
    }

    @Test
    void whatNobodyTakesAlongIsEndedOnceWhoChangesTheKeyMustHaveGivenUp() {
        one.add("a", 1);
        two.open();
        two.link(0).cut();
        two.add("a", 1);
        StoredRecord newer = found(retirement.end(one.known, NEW));
        AppNode reader = cluster.app();
        reader.open();

        reader.executor.runAll();
        assertThat(Counting.read(cluster.mustHave(1), "a"))
                .as("he may be about to")
                .isEqualTo(2);
        cluster.time.advance(PATIENCE);
        reader.executor.runAll();

        assertThat(cluster.mustHave(1)).matches(SessionRecord::isTombstone);
        assertThat(reader.store.debts()).isZero();
        assertThat(retirement.end(newer, "newerKey"))
                .as("who was slow but is not dead")
                .satisfies(ended(false));
    }

    @Test
    void aReaderBringsTheTombstoneToWhatWasCopied() {
        one.add("a", 1);
        one.link(1).cut();
        retirement.end(one.known, NEW);
        assertThat(cluster.mustHave(1).isTombstone()).isFalse();

        two.open();

        assertThat(cluster.mustHave(1).movedTo()).isEqualTo(NEW);
    }

    @Test
    void aCommitThatFailsByAChangeOfKeyLeavesNothingBehind() {
        one.add("a", 1);
        two.open();
        one.link(0).cut();
        two.link(1).beforeNext(() -> retirement.end(one.known, NEW));

        assertThat(two.add("a", 1)).isInstanceOf(CommitResult.Ended.class);

        assertThat(cluster.mustHave(0).movedTo()).isEqualTo(NEW);
        assertThat(cluster.mustHave(1).movedTo()).isEqualTo(NEW);
    }

    @Test
    void theOwnTombstoneThatAReaderWasFasterToSpreadIsNoLogout() {
        one.add("a", 1);
        one.link(0).loseNext(Loss.WITH_EFFECT);
        one.link(1).beforeNext(two::open);

        assertThat(retirement.end(one.known, NEW)).satisfies(ended(true));
    }

    @Test
    void aLogoutUnderTheFormerKeyEndsTheSessionUnderTheNewOne() {
        one.add("a", 1);
        two.open();
        one.store.commit(NEW, null, new Counting("a", 1));
        retirement.end(one.known, NEW);

        two.store.endSession(cluster.key, two.known, TIMEOUT);

        assertThat(isThere(NEW)).isFalse();
        assertThat(cluster.mustHave(0).movedTo()).isNull();
    }

    @Test
    void aLogoutByAnAppNodeThatKnowsNothingFollowsEachChangeOfKey() {
        one.add("a", 1);
        StoredRecord copy = ((CommitResult.Stored) one.store.commit(NEW, null, new Counting("a", 1))).stored();
        retirement.end(one.known, NEW);
        one.store.commit("third", null, new Counting("a", 1));
        one.store.retire(NEW).end(copy, "third");

        two.store.endSession(cluster.key, null, TIMEOUT);

        assertThat(isThere("third")).isFalse();
    }

    @Test
    void aLogoutBeforeTheTombstoneEndsTheChange() {
        one.add("a", 1);
        two.open();
        one.link(1).beforeNext(() -> two.store.endSession(cluster.key, two.known, TIMEOUT));

        assertThat(retirement.end(one.known, NEW)).satisfies(ended(false));
    }

    @Test
    void aLogoutOfACopyThatIsKnownTakesOneCommandANode() {
        one.add("a", 1);
        one.log.clear();

        one.store.endSession(cluster.key, one.known, TIMEOUT);

        assertThat(Link.sent(one.log))
                .containsExactly(cluster.node(0).id() + " cas", cluster.node(1).id() + " cas");
    }

    @Test
    void aLogoutOfACopyThatHasChangedSinceEndsItAllTheSame() {
        one.add("a", 1);
        two.open();
        one.add("a", 1);

        two.store.endSession(cluster.key, two.known, TIMEOUT);

        assertThat(cluster.mustHave(0)).matches(SessionRecord::isTombstone);
        assertThat(cluster.mustHave(1)).matches(SessionRecord::isTombstone);
    }
}
