package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.session.TestCluster.AppNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What befalls the app nodes that watch a session must not keep its end from being told. */
class ReaperFailureTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(TestCluster.TIMEOUT_SECONDS);

    private final TestCluster cluster = new TestCluster();
    private final TestObserver first = TestObserver.ofSessions();
    private final TestObserver second = TestObserver.ofSessions();
    private final AppNode one = cluster.observed("jvm1", first);
    private final AppNode two = cluster.observed("jvm2", second);

    private void pass(Duration duration) {
        for (Duration left = duration; !left.isZero(); left = left.minusSeconds(1)) {
            cluster.time.advance(Duration.ofSeconds(1));
            one.manager.reap();
        }
    }

    @Test
    void anErrorOfAListenerDoesNotKeepOthersFromHearing() {
        one.createSession("a", "0");
        one.createSession("b", "0");
        first.whenDestroyed = session -> {
            throw new InternalError("of the application");
        };

        pass(TIMEOUT.plusSeconds(2));

        assertThat(first.ends()).containsExactlyInAnyOrder("destroyed [a]", "destroyed [b]");
    }

    @Test
    void anErrorOfAListenerDoesNotKeepOthersFromHearingOfWhatARequestFoundExpired() {
        SessionId a = one.createSession("a", "0");
        SessionId b = one.createSession("b", "0");
        first.whenDestroyed = session -> {
            throw new InternalError("of the application");
        };
        cluster.time.advance(TIMEOUT.plusSeconds(1));
        one.manager.open(a);
        one.manager.open(b);

        one.manager.reap();

        assertThat(first.ends()).containsExactly("destroyed [a]", "destroyed [b]");
    }

    @Test
    void aLookThatFailsIsRepeated() {
        one.createSession("a", "0");
        pass(TIMEOUT.minusSeconds(1));
        cluster.memcached.interruptNext(() -> {
            throw new IllegalStateException("broken");
        });

        pass(Duration.ofSeconds(2));
        assertThat(first.ends()).isEmpty();
        pass(Duration.ofSeconds(10));

        assertThat(first.ends()).containsExactly("destroyed [a]");
        assertThat(one.manager.watchedSessions()).isZero();
    }

    /** With a short timeout the session is still in the near-cache when it ends, as it was before the other app node changed it. */
    @ParameterizedTest
    @CsvSource({"10, 2", "1800, 120"})
    void theEndOfASessionWhoseLastAppNodeIsDeadIsToldOnceByAnotherThatServedItWithWhatIsStored(int timeout, int slack) {
        SessionUse session = one.manager.create(timeout);
        session.setAttribute("a", "0");
        session.commit();
        session.active(false);
        pass(Duration.ofSeconds(timeout / 2));
        two.write(session.id(), "a", "1");
        two.write(session.id(), "b", "2");
        two.manager.close(); // which has died, as far as anybody can see
        first.whenDestroyed = ended -> first.events.add("destroyed with a=" + ended.attribute("a"));

        pass(Duration.ofSeconds(timeout + slack - 1));
        assertThat(first.ends()).as("the other one may still tell").isEmpty();
        pass(Duration.ofSeconds(4));
        pass(Duration.ofSeconds(timeout + slack));

        assertThat(first.ends()).containsExactly("destroyed [a, b]", "destroyed with a=1");
        assertThat(second.ends()).isEmpty();
    }
}
