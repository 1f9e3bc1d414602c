package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.session.TestObserver.Bound;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Values that want to hear of their way to the store and back. */
class PassivationTest {
    private final TestCluster cluster = new TestCluster();
    private final TestObserver first = TestObserver.ofNothingButValues();
    private final TestObserver second = TestObserver.ofNothingButValues();
    private final AppNode one = cluster.observed("jvm1", first);
    private final AppNode two = cluster.observed("jvm2", second);

    private SessionId store(Bound value) {
        return one.createSession("a", value);
    }

    private static Bound value(SessionUse session) {
        return (Bound) Objects.requireNonNull(session.attribute("a"));
    }

    @Test
    void aValueIsPassivatedForTheStoreAndGoesOn() {
        Bound value = new Bound("value");

        store(value);

        assertThat(first.events).containsExactly("passivating value", "activated value");
        assertThat(value.connection).isEqualTo("open");
    }

    @Test
    void aValueIsActivatedBeforeTheApplicationGetsIt() {
        SessionId id = store(new Bound("value"));

        assertThat(value(two.open(id)).connection).isEqualTo("open");
        assertThat(second.events).containsExactly("activated value");
    }

    @Test
    void aValueThatNobodyAsksForIsNotActivated() {
        SessionId id = store(new Bound("value"));

        SessionUse session = two.open(id);
        session.setAttribute("b", "1");
        session.commit();

        assertThat(second.events).isEmpty();
        assertThat(two.codec.decoded).hasValue(0);
    }

    @Test
    void aValueThatWasOnlyReadIsNotStoredAgain() {
        SessionId id = store(new Bound("value"));
        SessionUse session = two.open(id);
        value(session);

        assertThat(session.commit()).isEqualTo(Commit.NOTHING);
        assertThat(second.events).containsExactly("activated value", "passivating value", "activated value");
    }

    @Test
    void aValueThatCountsItsPassivationsIsStoredAndHarmsNobody() {
        Bound counting = new Bound("value");
        counting.counts = true;
        SessionId id = store(counting);

        SessionUse session = two.open(id);
        value(session);
        session.commit();
        SessionUse third = one.open(id);

        assertThat(value(third).passivations).isEqualTo(2);
        assertThat(second.events)
                .as("the copy that is decoded only to compare hears nothing")
                .containsExactly("activated value", "passivating value", "activated value");
    }

    @Test
    void aValueIsActivatedAgainThoughItCannotBeEncoded() {
        Bound value = new Bound("value");
        one.codec.broken = true;
        SessionUse session = one.manager.create(TestCluster.TIMEOUT_SECONDS);
        session.setAttribute("a", value);

        assertThat(session.commit()).isEqualTo(Commit.LOCAL);

        assertThat(value.connection).isEqualTo("open");
    }
}
