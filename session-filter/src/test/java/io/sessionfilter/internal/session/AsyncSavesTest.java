package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.time.ManualExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** {@code sessionBackupAsync=true}, and what a stop saves. */
class AsyncSavesTest {
    private final TestCluster cluster = new TestCluster();
    private final ManualExecutor saving = new ManualExecutor();
    private final AsyncSaves saves = new AsyncSaves(2, saving, cluster.time);
    private final AppNode app = cluster.new AppNode(saves);
    private final AppNode other = cluster.sticky("jvm2");

    @Test
    void aResponseDoesNotWaitForMemcached() {
        SessionId id = app.createSession("a", "1");
        assertThat(cluster.memcached.operations).isZero();

        saving.runAll();

        assertThat(other.read(id, "a")).isEqualTo("1");
    }

    @Test
    void theNextRequestSeesWhatIsNotSavedYet() {
        SessionId id = app.createSession("a", "1");
        saving.runAll();

        assertThat(app.write(id, "a", "2")).isEqualTo(Commit.LATER);

        cluster.time.advance(TestCluster.VALIDATE_AFTER.multipliedBy(2));
        assertThat(app.read(id, "a")).isEqualTo("2");
    }

    @Test
    void aSessionThatChangesAgainMeanwhileIsSavedOnce() {
        SessionId id = app.createSession("a", "1");
        app.write(id, "a", "2");
        app.write(id, "b", "3");
        assertThat(saves.waiting()).isEqualTo(1);

        saving.runAll();

        assertThat(app.metrics.get(Counter.SAVES)).isEqualTo(1);
        assertThat(List.of(other.read(id, "a"), other.read(id, "b"))).containsExactly("2", "3");
    }

    @Test
    void changesInPlaceOfSeveralRequestsAreSaved() {
        SessionUse first = app.manager.create(TestCluster.TIMEOUT_SECONDS);
        first.setAttribute("one", new ArrayList<>());
        first.setAttribute("two", new ArrayList<>());
        first.commit();
        first.active(false);
        SessionId id = first.id();
        saving.runAll();

        for (String name : List.of("one", "two")) {
            SessionUse session = app.open(id);
            @SuppressWarnings("unchecked") // put there above
            List<Object> list = (List<Object>) session.attribute(name);
            list.add(name);
            assertThat(session.commit()).isEqualTo(Commit.LATER);
            session.active(false);
        }
        saving.runAll();

        assertThat(other.read(id, "one")).isEqualTo(List.of("one"));
        assertThat(other.read(id, "two")).isEqualTo(List.of("two"));
    }

    @Test
    void whatFindsNoRoomIsSavedBeforeItsResponse() {
        app.createSession("a", "1");
        app.createSession("a", "2");

        SessionId id = app.createSession("a", "3");

        assertThat(saves.waiting()).isEqualTo(2);
        assertThat(other.read(id, "a")).isEqualTo("3");
    }

    @Test
    void aSessionThatEndsMeanwhileStaysEnded() {
        SessionId id = app.createSession("a", "1");
        SessionUse session = app.open(id);
        session.invalidate();
        session.active(false);

        saving.runAll();

        assertThat(other.manager.open(id)).isInstanceOf(SessionManager.Opened.Absent.class);
    }

    @Test
    void aChangeOfTheIdTakesAlongWhatIsNotSavedYet() {
        SessionId old = app.createSession("a", "1");
        saving.runAll();
        app.write(old, "a", "2");
        SessionUse session = app.open(old);
        session.changeKey();
        session.active(false);

        saving.runAll();

        assertThat(other.read(session.id(), "a")).isEqualTo("2");
        assertThat(other.manager.open(old)).isInstanceOf(SessionManager.Opened.Absent.class);
    }

    @Test
    void aSaveThatFailsIsTriedAgain() {
        SessionId id = app.createSession("a", "1");
        cluster.memcached.goDown();
        saving.runAll();
        assertThat(app.manager.unsavedSessions()).isEqualTo(1);

        cluster.memcached.comeBack();
        cluster.executor.runAll();

        assertThat(other.read(id, "a")).isEqualTo("1");
    }

    @Test
    void howManyWaitAndForHowLongCanBeSeen() {
        assertThat(saves.oldestMillis()).isZero();
        app.createSession("a", "1");
        cluster.time.advance(Duration.ofMillis(300));
        app.createSession("a", "2");
        cluster.time.advance(Duration.ofMillis(50));

        assertThat(saves.waiting()).isEqualTo(2);
        assertThat(saves.oldestMillis()).isEqualTo(350);

        saving.runAll();
        assertThat(saves.waiting()).isZero();
    }

    @Test
    void aStopSavesWhatWaits() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        CountDownLatch begin = new CountDownLatch(1);
        threads.execute(() -> {
            try {
                begin.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        AppNode stopping = cluster.new AppNode(new AsyncSaves(10, threads, cluster.time));
        SessionId id = stopping.createSession("a", "1");
        assertThat(cluster.memcached.operations).isZero();

        Thread stop = new Thread(stopping.manager::close);
        stop.start();
        begin.countDown();
        stop.join();

        assertThat(other.read(id, "a")).isEqualTo("1");
    }

    @Test
    void aStopSavesWhatAnOutageKeptFromBeingSaved() {
        AppNode stopping = cluster.sticky("jvm1");
        SessionId id = stopping.createSession("a", "1");
        cluster.memcached.goDown();
        assertThat(stopping.write(id, "a", "2")).isEqualTo(Commit.LOCAL);
        cluster.memcached.comeBack();

        stopping.manager.close();

        assertThat(other.read(id, "a")).isEqualTo("2");
    }

    @Test
    void aStopDoesNotTakeForEver() {
        AppNode stopping = cluster.sticky("jvm1");
        cluster.memcached.goDown();
        for (int i = 0; i < 50; i++) {
            stopping.createSession("a", "1");
        }
        cluster.memcached.comeBack();
        for (int i = 0; i < 200; i++) {
            cluster.memcached.interruptNext(() -> cluster.time.advance(Duration.ofSeconds(1)));
        }
        long start = cluster.time.nanos();

        stopping.manager.close();

        assertThat(Duration.ofNanos(cluster.time.nanos() - start))
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
    }
}
