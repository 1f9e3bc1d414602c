package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.store.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An outage is not an absence. */
class OutageTest {
    private final TestCluster cluster = new TestCluster();
    private final AppNode one = cluster.sticky("jvm1");
    private final AppNode two = cluster.sticky("jvm2");

    @Test
    void requestsGoOnWithTheNearCacheWhileTheNodeIsDown() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.goDown();

        for (String text : List.of("1", "2", "3")) {
            assertThat(one.write(id, "draft", text)).isEqualTo(Commit.LOCAL);
            assertThat(one.read(id, "draft")).isEqualTo(text);
        }

        assertThat(one.metrics.get(Counter.SAVES_FAILED)).isEqualTo(3);
    }

    @Test
    void whatWasWrittenDuringAnOutageIsStoredByTheNextRequestAfterIt() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.goDown();
        one.write(id, "draft", "1");
        cluster.memcached.comeBack();

        assertThat(one.open(id).commit()).isEqualTo(Commit.STORED);

        assertThat(two.read(id, "draft")).isEqualTo("1");
    }

    @Test
    void whatWasChangedInPlaceDuringAnOutageIsStoredAfterIt() {
        SessionId id = one.createSession("list", new ArrayList<>(List.of("0")));
        cluster.memcached.goDown();
        SessionUse session = one.open(id);
        @SuppressWarnings("unchecked")
        List<String> list = (List<String>) session.attribute("list");
        list.add("1");
        session.commit();
        cluster.memcached.comeBack();

        assertThat(one.open(id).commit()).isEqualTo(Commit.STORED);

        assertThat(two.read(id, "list")).isEqualTo(List.of("0", "1"));
    }

    @Test
    void aSessionIsPutBackOnANodeThatCameBackEmpty() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.goDown();
        one.write(id, "draft", "1");
        cluster.memcached.comeBackEmpty();

        assertThat(one.read(id, "draft")).isEqualTo("1");
        assertThat(one.open(id).commit()).isEqualTo(Commit.STORED);

        assertThat(two.read(id, "draft")).isEqualTo("1");
        assertThat(one.metrics.get(Counter.SESSIONS_RESTORED)).isEqualTo(1);
    }

    @Test
    void aReadAloneRestoresWhatTheNodeHasLost() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.goDown();
        cluster.memcached.comeBackEmpty();
        cluster.time.advance(TestCluster.VALIDATE_AFTER);

        assertThat(one.open(id).commit()).isEqualTo(Commit.STORED);

        assertThat(two.read(id, "draft")).isEqualTo("0");
    }

    @Test
    void aSessionThatWasNotConfirmedShortlyBeforeTheOutageIsNotPutBack() {
        SessionId id = one.createSession("draft", "0");
        cluster.time.advance(TestCluster.VALIDATE_AFTER.plusMillis(1));
        cluster.memcached.goDown();
        cluster.memcached.comeBackEmpty();

        assertThat(one.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aSessionConfirmedSinceTheOutageIsNotPutBackWhenItIsMissedLater() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.goDown();
        cluster.memcached.comeBack();
        cluster.time.advance(TestCluster.VALIDATE_AFTER);
        one.open(id);
        cluster.memcached.evictAll();
        cluster.time.advance(TestCluster.VALIDATE_AFTER);

        assertThat(one.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aLogoutElsewhereIsNotUndoneByARestore() {
        SessionId id = one.createSession("draft", "0");
        SessionUse late = one.open(id);
        two.open(id).invalidate();
        cluster.memcached.goDown();
        cluster.memcached.comeBack();

        late.setAttribute("draft", "1");

        assertThat(late.commit()).isEqualTo(Commit.ENDED);
        assertThat(one.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void withoutANearCacheCopyAnOutageGivesNeitherASessionNorItsAbsence() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.goDown();

        assertThat(two.manager.open(id)).isInstanceOf(Opened.Unknown.class);

        cluster.memcached.comeBack();
        assertThat(two.read(id, "draft")).isEqualTo("0");
    }

    @Test
    void aNewSessionDuringAnOutageIsLocalAndStoredLater() {
        cluster.memcached.goDown();
        SessionUse session = one.manager.create(60);
        session.setAttribute("a", "1");

        assertThat(session.commit()).isEqualTo(Commit.LOCAL);
        assertThat(one.read(session.id(), "a")).isEqualTo("1");

        cluster.memcached.comeBackEmpty();
        assertThat(one.open(session.id()).commit()).isEqualTo(Commit.STORED);
        assertThat(two.read(session.id(), "a")).isEqualTo("1");
    }

    @Test
    void aLogoutDuringAnOutageHoldsHereAtOnceAndEverywhereAfterIt() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.goDown();
        one.open(id).invalidate();
        assertThat(one.manager.open(id)).isInstanceOf(Opened.Absent.class);

        cluster.memcached.comeBack();
        assertThat(one.manager.open(id)).isInstanceOf(Opened.Absent.class);
        cluster.executor.runAll();

        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aLogoutOfASessionThatIsJustBeingLoadedHoldsDuringAnOutage() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.answerNext(() -> cluster.memcached.answerNext(
                () -> { // after the read, the renewal
                    two.open(id).invalidate();
                    cluster.memcached.goDown();
                }));

        two.manager.open(id);

        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aDamagedRecordIsCountedAndNeitherASessionNorItsAbsence() throws Exception {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.set("app:" + id.key(), new Item(new byte[100], 1, 0)).await();

        assertThat(two.manager.open(id)).isInstanceOf(Opened.Unknown.class);
        assertThat(two.metrics.get(Counter.RECORDS_UNREADABLE)).isEqualTo(1);
    }

    @Test
    void whatCannotBeStoredForAnotherReasonIsNotTriedAgainAndAgainAfterAnOutage() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.goDown();
        SessionUse session = one.open(id);
        session.setAttribute("unwritable", new Object());
        session.setAttribute("draft", "1");
        session.commit();
        cluster.memcached.comeBack();

        one.manager.saveUnsaved();

        assertThat(two.read(id, "draft")).isEqualTo("1");
        assertThat(one.manager.unsavedSessions()).isZero();
    }

    @Test
    void aChangeOfKeyDuringAnOutageTakesEverythingAlong() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.goDown();
        SessionUse session = one.open(id);
        session.setAttribute("user", "ann");
        session.changeKey();
        cluster.memcached.comeBack();

        assertThat(one.open(session.id()).commit()).isEqualTo(Commit.STORED);

        assertThat(two.read(session.id(), "draft")).isEqualTo("0");
        assertThat(two.read(session.id(), "user")).isEqualTo("ann");
    }

    @Test
    void aSessionIdleBeyondItsTimeoutIsNotServedFromTheNearCacheDuringAnOutage() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.goDown();
        cluster.time.advance(Duration.ofSeconds(TestCluster.TIMEOUT_SECONDS));

        assertThat(one.manager.open(id)).isInstanceOf(Opened.Unknown.class);
    }

    @Test
    void aSessionIsStoredAnewAfterTheNodeHadNoMemoryForItAndDroppedIt() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.refuseNextWrite();
        assertThat(one.write(id, "draft", "1")).isEqualTo(Commit.LOCAL);

        assertThat(one.write(id, "draft", "2")).isEqualTo(Commit.STORED);

        assertThat(one.read(id, "draft")).isEqualTo("2");
        assertThat(two.read(id, "draft")).isEqualTo("2");
    }

    @Test
    void whatWasWrittenDuringAnOutageIsStoredAfterItWithoutAnyRequest() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.goDown();
        one.write(id, "draft", "1");
        SessionUse created = one.manager.create(60);
        created.setAttribute("a", "x");
        created.commit();
        one.manager.saveUnsaved();
        assertThat(one.manager.unsavedSessions()).isEqualTo(2);

        cluster.memcached.comeBackEmpty();
        one.manager.saveUnsaved();

        assertThat(two.read(id, "draft")).isEqualTo("1");
        assertThat(two.read(created.id(), "a")).isEqualTo("x");
        assertThat(one.manager.unsavedSessions()).isZero();
    }

    @Test
    void aSessionThatHasBeenIdleBeyondItsTimeoutIsNotStoredAfterAnOutage() {
        cluster.memcached.goDown();
        SessionUse created = one.manager.create(60);
        created.commit();
        created.active(false);
        cluster.time.advance(Duration.ofSeconds(61));
        cluster.memcached.comeBackEmpty();

        one.manager.saveUnsaved();

        assertThat(one.manager.unsavedSessions()).isZero();
        assertThat(two.manager.open(created.id())).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aLogoutDuringAnOutageIsNotUndoneByWhatWaitsToBeSaved() {
        SessionId id = one.createSession("draft", "0");
        cluster.memcached.goDown();
        one.write(id, "draft", "1");
        one.open(id).invalidate();
        cluster.memcached.comeBackEmpty();

        one.manager.saveUnsaved();

        assertThat(one.manager.unsavedSessions()).isZero();
        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }
}
