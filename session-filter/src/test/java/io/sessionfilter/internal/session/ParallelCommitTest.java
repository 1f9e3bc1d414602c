package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.store.FakeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A change has been stored, its commit's answer is still to come, and another app node has replaced it already. Found by simulation.
 */
class ParallelCommitTest {
    private final TestCluster cluster = new TestCluster();
    private final AppNode one = cluster.nonSticky("jvm1");
    private final AppNode two = cluster.nonSticky("jvm2");
    private SessionId id;
    private SessionUse first;
    private SessionUse parallel;

    @BeforeEach
    void createSession() {
        id = one.createSession("a", "0");
        first = one.open(id);
        parallel = one.open(id);
    }

    private void commitFirstMeanwhile(Runnable happening) {
        cluster.memcached.answerNext(happening);
        assertThat(first.commit()).isEqualTo(Commit.STORED);
    }

    private void commitParallel() {
        parallel.setAttribute("b", "x");
        assertThat(parallel.commit()).isEqualTo(Commit.STORED);
    }

    @Test
    void aParallelCommitDoesNotMakeAStoredChangeAgain() {
        first.setAttribute("a", "1");

        commitFirstMeanwhile(() -> {
            two.write(id, "a", "2");
            commitParallel();
        });

        assertThat(two.read(id, "a")).isEqualTo("2");
        assertThat(one.read(id, "a")).isEqualTo("2");
        assertThat(two.read(id, "b")).isEqualTo("x");
    }

    @Test
    void aParallelCommitDoesNotMakeAStoredRemovalAgain() {
        first.removeAttribute("a");

        commitFirstMeanwhile(() -> {
            two.write(id, "a", "2");
            commitParallel();
        });

        assertThat(two.read(id, "a")).isEqualTo("2");
        assertThat(one.read(id, "a")).isEqualTo("2");
    }

    @Test
    void aParallelCommitDoesNotSetAStoredTimeoutAgain() {
        first.maxInactiveInterval(77);

        commitFirstMeanwhile(() -> {
            SessionUse foreign = two.open(id);
            foreign.maxInactiveInterval(99);
            foreign.commit();
            commitParallel();
        });

        assertThat(two.open(id).maxInactiveInterval()).isEqualTo(99);
        assertThat(one.open(id).maxInactiveInterval()).isEqualTo(99);
    }

    @Test
    void aParallelCommitThatWasHandedAValueDoesNotWriteItsStoredStateAgain() {
        one.write(id, "list", new ArrayList<>(List.of("0")));
        list(first).add("1");
        list(parallel);

        commitFirstMeanwhile(() -> {
            SessionUse foreign = two.open(id);
            list(foreign).add("2");
            foreign.commit();
            commitParallel();
        });

        assertThat(list(two.open(id))).containsExactly("0", "1", "2");
        assertThat(list(one.open(id))).containsExactly("0", "1", "2");
    }

    @Test
    void aStateThatWasReplacedSinceIsNotWrittenAgainThoughAnOlderOneIsUnderWay() {
        one.write(id, "list", new ArrayList<>(List.of("0")));
        SessionUse reading = one.open(id);
        list(first).add("1");
        list(parallel);
        list(reading);

        cluster.memcached.interruptNext(() -> {
            list(parallel).add("2");
            assertThat(parallel.commit()).isEqualTo(Commit.STORED);
            SessionUse foreign = two.open(id);
            list(foreign).add("3");
            foreign.commit();
            assertThat(one.open(id).isValid()).isTrue(); // has read the foreign change
            reading.commit();
        });
        first.commit();

        assertThat(list(two.open(id))).containsExactly("0", "1", "2", "3");
    }

    @Test
    void aStateThatOnlyTheFirstCopyHadInTimeIsNotWrittenAgainByALaterCommit() {
        TestCluster twoCopies = new TestCluster(2);
        AppNode here = twoCopies.nonSticky("jvm1");
        AppNode there = twoCopies.nonSticky("jvm2");
        SessionId session = here.createSession("list", new ArrayList<>(List.of("0")));
        SessionUse committing = here.open(session);
        SessionUse later = here.open(session);
        list(committing).add("1");
        list(later);

        twoCopies.node(session).answerNext(() -> {
            SessionUse foreign = there.open(session);
            list(foreign).add("2");
            assertThat(foreign.commit()).isEqualTo(Commit.STORED);
        });
        committing.commit();
        later.setAttribute("b", "x");
        assertThat(later.commit()).isEqualTo(Commit.STORED);

        assertThat(list(there.open(session))).containsExactly("0", "1", "2");
    }

    @Test
    void aChangeInPlaceIsStoredThoughTheValueWasBeingStoredWhenTheCommitBegan() throws Exception {
        first.setAttribute("list", new ArrayList<>(List.of("1")));
        CountDownLatch encoding = new CountDownLatch(1);
        CountDownLatch stored = new CountDownLatch(1);
        List<FutureTask<Commit>> later = new ArrayList<>();
        commitFirstMeanwhile(() -> {
            SessionUse seeing = one.open(id); // the record has the first change, the answer to its commit is on its way
            list(seeing).add("2");
            later.add(new FutureTask<>(seeing::commit));
            one.codec.beforeEncoding.add(() -> {
                encoding.countDown();
                await(stored);
            });
            new Thread(later.get(0)).start();
            await(encoding);
        });
        stored.countDown();

        assertThat(later.get(0).get()).isEqualTo(Commit.STORED);
        assertThat(list(two.open(id))).containsExactly("1", "2");
    }

    @Test
    void aChangeInPlaceOfWhatHasReplacedAStoredChangeIsStored() {
        first.setAttribute("list", new ArrayList<>(List.of("1")));

        commitFirstMeanwhile(() -> {
            SessionUse foreign = two.open(id);
            list(foreign).add("2");
            foreign.commit();
            SessionUse seeing = one.open(id);
            list(seeing).add("3");
            assertThat(seeing.commit()).isEqualTo(Commit.STORED);
        });

        assertThat(list(two.open(id))).containsExactly("1", "2", "3");
    }

    @Test
    void aChangeInPlaceOfWhatWasSetAfterAStoredRemovalIsStored() {
        first.removeAttribute("a");

        commitFirstMeanwhile(() -> {
            two.write(id, "a", new ArrayList<>(List.of("1")));
            SessionUse seeing = one.open(id);
            list(seeing, "a").add("2");
            assertThat(seeing.commit()).isEqualTo(Commit.STORED);
        });

        assertThat(list(two.open(id), "a")).containsExactly("1", "2");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCommitBuildsUponTheLatestThatItsAppNodeHasShown() {
        TestCluster twoCopies = new TestCluster(2);
        AppNode here = twoCopies.nonSticky("jvm1");
        AppNode there = twoCopies.nonSticky("jvm2");
        SessionId session = here.createSession("a", "0");
        SessionUse saving = here.open(session);
        SessionUse foreign = there.open(session);
        FakeNode deciding = twoCopies.node(session);
        // The deciding node alone has the foreign change when a request sees and replaces it; then that node forgets.
        deciding.answerNext(() -> {
            deciding.interruptNext(() -> {
                SessionUse seeing = here.open(session);
                assertThat(seeing.attribute("a")).isEqualTo("1");
                seeing.setAttribute("a", "2");
                deciding.evictAll();
            });
            saving.setAttribute("b", "x");
            assertThat(saving.commit()).isEqualTo(Commit.STORED);
        });

        foreign.setAttribute("a", "1");
        assertThat(foreign.commit()).isEqualTo(Commit.STORED);

        assertThat(there.read(session, "a")).isEqualTo("2");
        assertThat(here.read(session, "a")).isEqualTo("2");
    }

    @Test
    void aReadSeesWhatHasReplacedAStoredChange() {
        first.setAttribute("a", "1");

        commitFirstMeanwhile(() -> {
            two.write(id, "a", "2");
            assertThat(one.read(id, "a")).isEqualTo("2");
        });
    }

    @Test
    void aReadSeesWhatWasSetAfterAStoredRemoval() {
        first.removeAttribute("a");

        commitFirstMeanwhile(() -> {
            two.write(id, "a", "2");
            SessionUse reading = one.open(id);
            assertThat(reading.attribute("a")).isEqualTo("2");
            assertThat(reading.attributeNames()).containsExactly("a");
        });
    }

    private static List<String> list(SessionUse session) {
        return list(session, "list");
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(SessionUse session, String name) {
        return (List<String>) session.attribute(name);
    }
}
