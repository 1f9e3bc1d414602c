package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(TestCluster.TIMEOUT_SECONDS);

    private final TestCluster cluster = new TestCluster();
    private final AppNode one = cluster.nonSticky("jvm1");
    private final AppNode two = cluster.nonSticky("jvm2");

    @Test
    void aSessionExpiresOnTheAppNodeThatUsedItLastWhenItsTimeoutIsOver() {
        SessionId id = one.createSession("a", "0");
        cluster.time.advance(TIMEOUT.plusSeconds(1));

        assertThat(one.manager.open(id)).isInstanceOf(Opened.Absent.class);
        assertThat(one.metrics.get(Counter.SESSIONS_EXPIRED)).isEqualTo(1);
        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aSessionExpiresOnAnAppNodeThatNeverSawItToo() {
        SessionId id = one.createSession("a", "0");
        cluster.time.advance(TIMEOUT.plusSeconds(121));

        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
        assertThat(two.metrics.get(Counter.SESSIONS_EXPIRED)).isEqualTo(1);
    }

    @Test
    void aSessionUsedElsewhereIsAliveHere() {
        SessionId id = one.createSession("a", "0");
        for (int i = 0; i < 4; i++) {
            cluster.time.advance(TIMEOUT.dividedBy(2));
            two.open(id);
        }

        assertThat(one.read(id, "a")).isEqualTo("0");
    }

    @Test
    void aRequestThatDoesNotTouchItsSessionKeepsItAlive() {
        SessionId id = one.createSession("a", "0");
        for (int i = 0; i < 4; i++) {
            cluster.time.advance(TIMEOUT.dividedBy(2));
            assertThat(one.manager.keepAlive(id.key())).isTrue();
        }

        assertThat(one.read(id, "a")).isEqualTo("0");
        assertThat(two.read(id, "a")).isEqualTo("0");
    }

    @Test
    void keepingAliveCostsNoIoUntilARenewalIsDue() {
        SessionId id = one.createSession("a", "0");
        int before = cluster.memcached.operations;

        for (int i = 0; i < 50; i++) {
            cluster.time.advance(Duration.ofSeconds(1));
            one.manager.keepAlive(id.key());
        }
        assertThat(cluster.memcached.operations).isEqualTo(before);

        cluster.time.advance(Duration.ofSeconds(10));
        one.manager.keepAlive(id.key());
        assertThat(cluster.memcached.operations).isEqualTo(before + 1);
    }

    @Test
    void keepAliveOfAnExpiredSessionDoesNotReviveIt() {
        SessionId id = one.createSession("a", "0");
        cluster.time.advance(TIMEOUT.plusSeconds(1));

        assertThat(one.manager.keepAlive(id.key())).isFalse();
        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void timeoutsOfZeroAndBelowNeverExpire() {
        for (int timeout : new int[] {0, -1}) {
            SessionUse session = one.manager.create(timeout);
            session.commit();
            cluster.time.advance(Duration.ofDays(400));

            assertThat(two.open(session.id()).maxInactiveInterval()).isEqualTo(timeout);
        }
    }

    @Test
    void aLongRequestKeepsItsSessionUntilItEnds() {
        SessionId id = one.createSession("a", "0");
        SessionUse longRequest = one.open(id);
        cluster.time.advance(TIMEOUT.plusSeconds(30));
        longRequest.setAttribute("a", "1");

        assertThat(longRequest.commit()).isEqualTo(SessionUse.Commit.STORED);
        assertThat(one.read(id, "a")).isEqualTo("1");
    }

    @Test
    void aSessionDoesNotExpireUnderARequestThatUsesIt() {
        SessionId id = one.createSession("a", "0");
        SessionUse longRequest = one.open(id);

        for (int seconds = 0; seconds < 3 * TestCluster.TIMEOUT_SECONDS; seconds += 10) {
            cluster.time.advance(Duration.ofSeconds(10));
            one.manager.renewUsed();
        }

        assertThat(one.read(id, "a")).as("on its own app node").isEqualTo("0");
        assertThat(two.read(id, "a")).as("on the other one").isEqualTo("0");
        longRequest.setAttribute("a", "1");
        assertThat(longRequest.commit()).isEqualTo(SessionUse.Commit.STORED);
        assertThat(one.open(id).attribute("a"))
                .as("the same session all the time")
                .isEqualTo("1");
    }

    @Test
    void theTimeoutBeginsWhenTheLastRequestEnds() {
        SessionId id = one.createSession("a", "0");
        SessionUse first = one.open(id);
        SessionUse second = one.open(id);
        cluster.time.advance(TIMEOUT);
        one.manager.renewUsed();
        first.active(false);
        second.active(false);
        second.active(false);

        cluster.time.advance(TIMEOUT.minusSeconds(1));
        assertThat(one.read(id, "a")).isEqualTo("0");
        cluster.time.advance(TIMEOUT.plusSeconds(1));
        one.manager.renewUsed();
        assertThat(one.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void whatIsChangedWhenNoRequestIsActiveIsStored() {
        SessionId id = one.createSession("a", "0");
        SessionUse kept = one.open(id);
        kept.active(false);
        kept.setAttribute("a", "1");

        assertThat(kept.commit()).isEqualTo(SessionUse.Commit.STORED);
        assertThat(two.read(id, "a")).isEqualTo("1");
    }

    @Test
    void anExpiredSessionIsNotRevivedByAChangeWhenNoRequestIsActive() {
        SessionId id = one.createSession("a", "0");
        SessionUse kept = one.open(id);
        kept.active(false);
        cluster.time.advance(TIMEOUT.plusSeconds(1));
        kept.setAttribute("a", "1");

        assertThat(kept.commit()).isEqualTo(SessionUse.Commit.ENDED);
        assertThat(kept.isValid()).isFalse();
        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aSessionUsedElsewhereCanBeChangedHereWhenNoRequestIsActive() {
        SessionId id = one.createSession("a", "0");
        SessionUse kept = one.open(id);
        kept.active(false);
        for (int i = 0; i < 4; i++) {
            cluster.time.advance(TIMEOUT.dividedBy(2));
            two.write(id, "b", String.valueOf(i));
        }
        kept.setAttribute("a", "1");

        assertThat(kept.commit()).isEqualTo(SessionUse.Commit.STORED);
        assertThat(two.read(id, "a")).isEqualTo("1");
        assertThat(two.read(id, "b")).isEqualTo("3");
    }
}
