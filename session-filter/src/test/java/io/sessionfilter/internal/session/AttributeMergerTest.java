package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.session.TestCluster.Setup;
import io.sessionfilter.merge.AttributeMerger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two app nodes change one attribute at once, and the application's merger makes one value of it. */
class AttributeMergerTest {
    private static final AttributeMerger SUM = (base, mine, theirs) -> sum(base, mine, theirs);

    private final TestCluster cluster = new TestCluster();
    private final AppNode one =
            cluster.with("jvm1", new Setup().merging(Map.of("count", SUM, "cart", new CartMerger())));
    private final AppNode two =
            cluster.with("jvm2", new Setup().merging(Map.of("count", SUM, "cart", new CartMerger())));

    /** Of numbers, which are set, and of those that change in place. */
    static Object sum(@Nullable Object base, Object mine, Object theirs) {
        int sum = ((Number) mine).intValue()
                + ((Number) theirs).intValue()
                - (base == null ? 0 : ((Number) base).intValue());
        return mine instanceof AtomicInteger ? new AtomicInteger(sum) : (Object) sum;
    }

    /** Changes what it is given, and returns it. */
    private static final class CartMerger implements AttributeMerger {
        @Override
        @SuppressWarnings("unchecked")
        public Object merge(@Nullable Object base, Object mine, Object theirs) {
            List<String> added = (List<String>) mine;
            if (base != null) {
                added.removeAll((List<String>) base);
            }
            List<String> merged = (List<String>) theirs;
            merged.addAll(added);
            return merged;
        }
    }

    static void increment(SessionUse session) {
        Number before = (Number) session.attribute("count");
        if (before instanceof AtomicInteger inPlace) {
            inPlace.incrementAndGet();
        } else {
            session.setAttribute("count", before == null ? 1 : before.intValue() + 1);
        }
    }

    static int count(SessionUse session) {
        Number count = (Number) session.attribute("count");
        return count == null ? 0 : count.intValue();
    }

    private int countOn(AppNode node, SessionId id) {
        return count(node.open(id));
    }

    @Test
    void aCounterSetOnTwoAppNodesAtOnceHasBothChanges() {
        SessionId id = one.createSession("count", 5);
        SessionUse here = one.open(id);
        SessionUse there = two.open(id);
        increment(here);
        increment(there);
        increment(there);

        there.commit();
        assertThat(here.commit()).isEqualTo(Commit.STORED);

        assertThat(countOn(one, id)).isEqualTo(8);
        assertThat(countOn(two, id)).isEqualTo(8);
        assertThat(one.metrics.get(Counter.ATTRIBUTE_CONFLICTS)).isEqualTo(1);
        assertThat(one.metrics.get(Counter.ATTRIBUTES_MERGED)).isEqualTo(1);
        assertThat(two.metrics.get(Counter.ATTRIBUTE_CONFLICTS)).isZero();
    }

    @Test
    void aCounterChangedInPlaceOnTwoAppNodesAtOnceHasBothChanges() {
        SessionId id = one.createSession("count", new AtomicInteger(5));
        SessionUse here = one.open(id);
        SessionUse there = two.open(id);
        increment(here);
        increment(there);

        there.commit();
        here.commit();

        assertThat(countOn(one, id)).isEqualTo(7);
        assertThat(countOn(two, id)).isEqualTo(7);
    }

    @Test
    void whatIsChangedInPlaceAfterAMergeIsMergedToo() {
        SessionId id = one.createSession("count", new AtomicInteger(5));
        SessionUse here = one.open(id);
        SessionUse there = two.open(id);
        AtomicInteger kept = (AtomicInteger) here.attribute("count");
        increment(there);
        there.commit();
        kept.incrementAndGet();
        here.commit();

        kept.incrementAndGet();
        here.commit();
        assertThat(here.commit()).isEqualTo(Commit.NOTHING);

        assertThat(countOn(two, id)).isEqualTo(8);
    }

    @Test
    void whatIsChangedInPlaceLongAfterAMergeIsMergedAlone() {
        SessionId id = one.createSession("count", new AtomicInteger(5));
        SessionUse here = one.open(id);
        AtomicInteger kept = (AtomicInteger) here.attribute("count");
        two.write(id, "count", new AtomicInteger(8));
        assertThat(countOn(one, id)).as("a parallel request").isEqualTo(8);
        kept.incrementAndGet();
        here.commit();
        for (int i = 0; i <= SessionRecord.MAX_LINEAGE; i++) {
            two.write(id, "other", "x" + i);
        }

        kept.incrementAndGet();
        here.commit();

        assertThat(countOn(two, id)).isEqualTo(10);
    }

    @Test
    void itemsPutIntoACartOnTwoAppNodesAreAllThere() {
        SessionId id = one.createSession("cart", new ArrayList<>(List.of("tea")));
        SessionUse here = one.open(id);
        SessionUse there = two.open(id);
        cart(here).add("milk");
        cart(there).add("honey");

        there.commit();
        here.commit();

        assertThat(cart(one.open(id))).containsExactly("tea", "honey", "milk");
        assertThat(cart(two.open(id))).containsExactly("tea", "honey", "milk");
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(SessionUse session) {
        return (List<String>) session.attribute("cart");
    }

    @Test
    void anAttributeThatIsNewOnBothHasNoBase() {
        SessionId id = one.createSession("other", "x");
        SessionUse here = one.open(id);
        SessionUse there = two.open(id);
        increment(here);
        increment(there);

        there.commit();
        here.commit();

        assertThat(countOn(two, id)).isEqualTo(2);
    }

    @Test
    void changesThatCancelEachOtherOutAreNotMadeAgain() {
        SessionId id = one.createSession("count", new AtomicInteger(5));
        SessionUse here = one.open(id);
        SessionUse there = two.open(id);
        ((AtomicInteger) there.attribute("count")).decrementAndGet();
        there.commit();
        increment(here);
        here.commit();
        assertThat(countOn(two, id)).isEqualTo(5);

        here.setAttribute("other", "x");
        here.commit();

        assertThat(countOn(two, id)).isEqualTo(5);
    }

    @Test
    void aForeignStateThatIsEqualByChanceIsNotTakenForOnesOwn() {
        SessionId id = one.createSession("count", new AtomicInteger(5));
        SessionUse here = one.open(id);
        increment(here);

        cluster.memcached.interruptNext(() -> {
            SessionUse there = two.open(id);
            increment(there);
            there.commit();
            assertThat(countOn(one, id)).as("a parallel request").isEqualTo(6);
        });
        here.commit();

        assertThat(countOn(two, id)).isEqualTo(7);
    }

    @Test
    void theBaseIsWhatTheRequestGotThoughAnotherOneHasReadALaterState() {
        SessionId id = one.createSession("count", 5);
        SessionUse here = one.open(id);
        assertThat(count(here)).isEqualTo(5);
        SessionUse there = two.open(id);
        there.setAttribute("count", 8);
        there.commit();

        assertThat(countOn(one, id))
                .as("a parallel request of the first app node")
                .isEqualTo(8);
        here.setAttribute("count", 6);
        here.commit();

        assertThat(countOn(two, id)).isEqualTo(9);
    }

    @Test
    void aValueThatReplacesOneUnderWayIsMergedByWhatBothHaveChanged() {
        SessionId id = one.createSession("count", 5);
        SessionUse first = one.open(id);
        SessionUse parallel = one.open(id);
        increment(first);

        cluster.memcached.answerNext(() -> {
            SessionUse there = two.open(id);
            increment(there);
            there.commit();
            increment(parallel);
            assertThat(parallel.commit()).isEqualTo(Commit.STORED);
        });
        first.commit();

        assertThat(countOn(two, id)).isEqualTo(8);
        assertThat(countOn(one, id)).isEqualTo(8);
    }

    @Test
    void aParallelCommitDoesNotMergeAStoredChangeAgain() {
        SessionId id = one.createSession("count", 5);
        SessionUse first = one.open(id);
        SessionUse parallel = one.open(id);
        increment(first);

        cluster.memcached.answerNext(() -> {
            SessionUse there = two.open(id);
            increment(there);
            there.commit();
            parallel.setAttribute("other", "x");
            assertThat(parallel.commit()).isEqualTo(Commit.STORED);
        });
        first.commit();

        assertThat(countOn(two, id)).isEqualTo(7);
    }

    @Test
    void aChangeWhoseAnswerWasLostIsNotMergedAgain() {
        SessionId id = one.createSession("count", 5);
        SessionUse here = one.open(id);
        increment(here);
        cluster.memcached.loseNextAnswer();
        assertThat(here.commit()).isEqualTo(Commit.LOCAL);
        SessionUse there = two.open(id);
        increment(there);
        there.commit();

        here.setAttribute("other", "x");
        assertThat(here.commit()).isEqualTo(Commit.STORED);

        assertThat(countOn(two, id)).isEqualTo(7);
        assertThat(countOn(one, id)).isEqualTo(7);
    }

    @Test
    void aFurtherChangeAfterALostAnswerIsMergedAlone() {
        SessionId id = one.createSession("count", new AtomicInteger(5));
        SessionUse here = one.open(id);
        increment(here);
        cluster.memcached.loseNextAnswer();
        assertThat(here.commit()).isEqualTo(Commit.LOCAL);
        SessionUse there = two.open(id);
        increment(there);
        there.commit();

        increment(here);
        assertThat(here.commit()).isEqualTo(Commit.STORED);

        assertThat(countOn(two, id)).isEqualTo(8);
    }

    @Test
    void aMergedChangeIsRecognizedUnderANewKey() {
        SessionId id = one.createSession("count", 5);
        SessionUse here = one.open(id);
        SessionUse there = two.open(id);
        increment(there);
        there.commit();
        increment(here);

        here.changeKey();
        here.setAttribute("other", "x");
        here.commit();

        assertThat(countOn(two, here.id())).isEqualTo(7);
        assertThat(countOn(one, here.id())).isEqualTo(7);
    }

    @Test
    void aRemovedAttributeIsNotMerged() {
        SessionId id = one.createSession("count", 5);
        SessionUse here = one.open(id);
        SessionUse there = two.open(id);
        assertThat(count(here)).isEqualTo(5);
        increment(there);
        there.commit();

        here.removeAttribute("count");
        here.commit();

        assertThat(two.read(id, "count")).isNull();
    }

    @Test
    void aValueSetAnewAfterARemovalHasTheRemovedOneForItsBase() {
        SessionId id = one.createSession("count", 5);
        SessionUse here = one.open(id);
        here.removeAttribute("count");
        here.setAttribute("count", 1);
        here.commit();

        assertThat(countOn(two, id)).isEqualTo(1);
    }

    @Test
    void aRemovalThatIsStoredIsTheBaseOfWhatIsSetAfterIt() {
        SessionId id = one.createSession("count", 5);
        SessionUse here = one.open(id);
        SessionUse parallel = one.open(id);
        here.removeAttribute("count");

        cluster.memcached.answerNext(() -> {
            SessionUse there = two.open(id);
            increment(there);
            there.commit();
            parallel.setAttribute("count", 10);
            assertThat(parallel.commit()).isEqualTo(Commit.STORED);
        });
        here.commit();

        assertThat(countOn(two, id)).isEqualTo(11);
    }

    @Test
    void anAttributeWithoutAMergerIsThatOfTheLaterCommit() {
        SessionId id = one.createSession("plain", "0");
        SessionUse here = one.open(id);
        SessionUse there = two.open(id);
        here.setAttribute("plain", "mine");
        there.setAttribute("plain", "theirs");

        there.commit();
        here.commit();

        assertThat(two.read(id, "plain")).isEqualTo("mine");
        assertThat(one.metrics.get(Counter.ATTRIBUTE_CONFLICTS)).isEqualTo(1);
        assertThat(one.metrics.get(Counter.ATTRIBUTES_MERGED)).isZero();
    }

    @Test
    void aMergerThatFailsLosesNothingOfTheLaterCommit() {
        AppNode failing = cluster.with("jvm3", new Setup().merging(Map.of("count", (base, mine, theirs) -> {
                    throw new StackOverflowError("as a merger may have it");
                })));
        SessionId id = failing.createSession("count", 5);
        SessionUse here = failing.open(id);
        increment(here);
        here.setAttribute("other", "x");
        two.write(id, "count", 100);

        assertThat(here.commit()).isEqualTo(Commit.STORED);

        assertThat(countOn(two, id)).isEqualTo(6);
        assertThat(two.read(id, "other")).isEqualTo("x");
        assertThat(failing.metrics.get(Counter.ATTRIBUTE_MERGES_FAILED)).isEqualTo(1);
    }

    @Test
    void aMergerThatReturnsWhatCannotBeStoredHasFailed() {
        AppNode failing =
                cluster.with("jvm3", new Setup().merging(Map.of("count", (base, mine, theirs) -> new Object())));
        SessionId id = failing.createSession("count", 5);
        SessionUse here = failing.open(id);
        increment(here);
        two.write(id, "count", 100);

        assertThat(here.commit()).isEqualTo(Commit.STORED);

        assertThat(countOn(two, id)).isEqualTo(6);
        assertThat(failing.metrics.get(Counter.ATTRIBUTE_MERGES_FAILED)).isEqualTo(1);
    }
}
