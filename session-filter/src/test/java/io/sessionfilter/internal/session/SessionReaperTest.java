package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.session.TestObserver.Bound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who hears of sessions that nobody uses any more, and when. */
class SessionReaperTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(TestCluster.TIMEOUT_SECONDS);
    private static final Duration SLACK = Duration.ofMinutes(2);

    private final TestCluster cluster = new TestCluster();
    private final TestObserver first = TestObserver.ofSessions();
    private final TestObserver second = TestObserver.ofSessions();
    private final AppNode one = cluster.observed("jvm1", first);
    private final AppNode two = cluster.observed("jvm2", second);

    private void pass(Duration duration) {
        for (Duration left = duration; !left.isZero(); left = left.minusSeconds(1)) {
            cluster.time.advance(Duration.ofSeconds(1));
            one.manager.reap();
            two.manager.reap();
        }
    }

    @Test
    void anExpiredSessionIsToldOfWithinSecondsByTheAppNodeThatServedIt() {
        one.createSession("a", "0");

        pass(TIMEOUT.minusSeconds(1));
        assertThat(first.ends()).isEmpty();
        pass(Duration.ofSeconds(3));

        assertThat(first.ends()).containsExactly("destroyed [a]");
        assertThat(one.metrics.get(Counter.SESSIONS_EXPIRED)).isEqualTo(1);
        assertThat(one.manager.watchedSessions()).isZero();
    }

    @Test
    void aSessionIsToldOfThoughTheNearCacheHasForgottenIt() {
        SessionUse session = one.manager.create(TestCluster.TIMEOUT_SECONDS);
        session.setAttribute("a", new Bound("value"));
        session.commit();
        session.active(false);
        one.nearCache.remove(session.id().key());

        pass(TIMEOUT.plusSeconds(2));

        assertThat(first.ends()).containsExactly("destroyed [a]", "unbound a=value");
    }

    @Test
    void anEndIsToldOfOnceWhoeverLooks() {
        SessionId id = one.createSession("a", "0");
        two.read(id, "a");
        pass(TIMEOUT.plusSeconds(3));
        one.manager.open(id);
        two.manager.open(id);
        pass(TIMEOUT.plus(SLACK));

        List<String> both = new ArrayList<>(first.ends());
        both.addAll(second.ends());
        assertThat(both).containsExactly("destroyed [a]");
    }

    @Test
    void aSessionUsedElsewhereIsEndedThere() {
        SessionId id = one.createSession("a", "0");
        pass(TIMEOUT.dividedBy(2));
        two.read(id, "a");

        pass(TIMEOUT.minusSeconds(1));
        assertThat(first.ends()).isEmpty();
        assertThat(second.ends()).isEmpty();
        pass(Duration.ofSeconds(3));

        assertThat(first.ends()).isEmpty();
        assertThat(second.ends()).containsExactly("destroyed [a]");
    }

    @Test
    void lookingDoesNotKeepASessionAlive() {
        SessionId id = one.createSession("a", "0");
        pass(TIMEOUT.dividedBy(2));
        two.manager.open(id);
        two.manager.close(); // which has died, as far as anybody can see

        pass(TIMEOUT.plus(SLACK).plusSeconds(3));

        assertThat(first.ends())
                .as("by the app node that is left, when the slack is over too")
                .containsExactly("destroyed [a]");
    }

    @Test
    void aSessionThatIsUsedAgainIsNotEnded() {
        SessionId id = one.createSession("a", "0");
        for (int i = 0; i < 4; i++) {
            pass(TIMEOUT.dividedBy(2));
            assertThat(one.manager.keepAlive(id.key())).isTrue();
        }

        assertThat(first.ends()).isEmpty();
        assertThat(one.read(id, "a")).isEqualTo("0");
    }

    @Test
    void aSessionInUseIsNotEnded() {
        SessionId id = one.createSession("a", "0");
        SessionUse longRequest = one.open(id);
        for (int i = 0; i < 3 * TestCluster.TIMEOUT_SECONDS; i += 10) {
            pass(Duration.ofSeconds(10));
            one.manager.renewUsed();
        }
        assertThat(first.ends()).isEmpty();

        longRequest.active(false);
        pass(TIMEOUT.plusSeconds(2));

        assertThat(first.ends()).containsExactly("destroyed [a]");
    }

    @Test
    void aShorterTimeoutCountsAtOnce() {
        SessionUse session = one.manager.create(TestCluster.TIMEOUT_SECONDS);
        session.maxInactiveInterval(5);
        session.commit();
        session.active(false);

        pass(Duration.ofSeconds(8));

        assertThat(first.ends()).containsExactly("destroyed []");
    }

    @Test
    void aTimeoutOfZeroIsNeverDueAndOneThatIsSetLaterIs() {
        SessionUse session = one.manager.create(0);
        session.commit();
        session.active(false);
        pass(TIMEOUT.multipliedBy(2));
        assertThat(one.manager.watchedSessions()).isZero();

        SessionUse again = one.open(session.id());
        again.maxInactiveInterval(10);
        again.commit();
        again.active(false);
        pass(Duration.ofSeconds(13));

        assertThat(first.ends()).containsExactly("destroyed []");
    }

    @Test
    void aSessionThatWasNeverStoredIsToldOfToo() {
        SessionUse session = one.manager.create(TestCluster.TIMEOUT_SECONDS);
        session.setAttribute("a", new Bound("value"));
        session.active(false);

        pass(TIMEOUT.plusSeconds(1));

        assertThat(first.ends()).containsExactly("destroyed [a]", "unbound a=value");
        assertThat(one.manager.open(session.id())).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void whatARequestFindsExpiredIsToldOfByTheBackgroundThread() {
        SessionId id = one.createSession("a", "0");
        cluster.time.advance(TIMEOUT.plusSeconds(1));

        assertThat(one.manager.open(id)).isInstanceOf(Opened.Absent.class);
        assertThat(first.ends()).as("not within a request").isEmpty();
        one.manager.reap();

        assertThat(first.ends()).containsExactly("destroyed [a]");
    }

    @Test
    void whatARequestFindsExpiredOnAnAppNodeThatDidNotKnowItIsToldOfThere() {
        SessionUse session = one.manager.create(TestCluster.TIMEOUT_SECONDS);
        session.setAttribute("a", new Bound("value"));
        session.commit();
        session.active(false);
        cluster.time.advance(TIMEOUT.plus(SLACK).plusSeconds(1));

        assertThat(two.manager.open(session.id())).isInstanceOf(Opened.Absent.class);
        two.manager.reap();
        one.manager.reap();

        assertThat(second.ends()).containsExactly("destroyed [a]", "unbound a=value");
        assertThat(first.ends()).isEmpty();
    }

    @Test
    void attributesCanBeUsedWhileAnEndIsToldOf() {
        one.createSession("a", "0");
        List<Object> seen = new ArrayList<>();
        first.whenDestroyed = session -> {
            seen.add(session.attribute("a"));
            seen.add(session.isValid());
            session.setAttribute("b", new Bound("late"));
            session.removeAttribute("a");
            session.invalidate();
        };

        pass(TIMEOUT.plusSeconds(2));

        assertThat(seen).containsExactly("0", true);
        assertThat(first.ends()).containsExactly("destroyed [a]", "unbound b=late");
    }

    @Test
    void aListenerThatBreaksItsContractDoesNotKeepOthersFromHearing() {
        one.createSession("a", "0");
        one.createSession("b", "0");
        first.whenDestroyed = session -> {
            throw new IllegalStateException("broken");
        };

        pass(TIMEOUT.plusSeconds(2));

        assertThat(first.ends()).containsExactlyInAnyOrder("destroyed [a]", "destroyed [b]");
    }

    @Test
    void anInvalidatedSessionIsNotDueLater() {
        SessionId id = one.createSession("a", "0");
        one.open(id).invalidate();
        assertThat(one.manager.watchedSessions()).isZero();

        pass(TIMEOUT.plus(SLACK));

        assertThat(first.ends()).containsExactly("destroyed [a]");
    }

    @Test
    void aSessionInvalidatedElsewhereIsNotToldOfHere() {
        SessionId id = one.createSession("a", "0");
        SessionUse elsewhere = two.open(id);
        elsewhere.invalidate();

        pass(TIMEOUT.plus(SLACK));

        assertThat(first.ends()).isEmpty();
        assertThat(second.ends()).containsExactly("destroyed [a]");
        assertThat(one.manager.watchedSessions()).isZero();
    }

    @Test
    void aNewKeyIsNoEnd() {
        SessionId id = one.createSession("a", "0");
        SessionUse session = one.open(id);
        session.changeKey();
        session.active(false);

        pass(TIMEOUT.minusSeconds(1));
        assertThat(first.ends()).isEmpty();
        pass(Duration.ofSeconds(3));

        assertThat(first.ends()).containsExactly("destroyed [a]");
    }

    @Test
    void duringAnOutageNothingIsEndedAndAfterItWhatIsDue() {
        one.createSession("a", "0");
        cluster.memcached.goDown();
        pass(TIMEOUT.plusSeconds(10));
        assertThat(first.ends()).isEmpty();

        cluster.memcached.comeBack();
        pass(Duration.ofSeconds(30));

        assertThat(first.ends()).containsExactly("destroyed [a]");
    }

    @Test
    void aSessionThatTheStoreHasLostIsToldOfByNobody() {
        one.createSession("a", "0");
        cluster.memcached.evictAll();

        pass(TIMEOUT.plusSeconds(10));

        assertThat(first.ends()).as("another app node may have ended it").isEmpty();
        assertThat(one.manager.watchedSessions()).isZero();
    }

    @Test
    void nothingIsWatchedWhereNobodyWantsToHear() {
        AppNode deaf = cluster.nonSticky("jvm3");
        deaf.createSession("a", "0");

        assertThat(deaf.manager.watchedSessions()).isZero();
    }

    @Test
    void aValueThatWantsToHearHasItsSessionWatched() {
        TestObserver values = TestObserver.ofNothingButValues();
        AppNode node = cluster.observed("jvm3", values);
        SessionUse session = node.manager.create(TestCluster.TIMEOUT_SECONDS);
        session.setAttribute("a", new Bound("value"));
        session.commit();
        session.active(false);
        node.createSession("b", "0");
        assertThat(node.manager.watchedSessions()).isEqualTo(1);

        for (int i = 0; i < 3; i++) {
            cluster.time.advance(i == 0 ? TIMEOUT : Duration.ofSeconds(1));
            node.manager.reap();
        }

        assertThat(values.ends()).containsExactly("unbound a=value");
    }

    @Test
    void manySessionsAtOnceAreToldOfAThousandATime() {
        for (int i = 0; i < 1_500; i++) {
            one.createSession("a", "0");
        }
        cluster.time.advance(TIMEOUT.plusSeconds(1));

        one.manager.reap();
        assertThat(first.ends()).hasSize(1_000);
        one.manager.reap();

        assertThat(first.ends()).hasSize(1_500);
    }
}
