package io.sessionfilter.internal.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.store.NodeHealth;
import io.sessionfilter.internal.time.TimeSource;
import org.junit.jupiter.api.Test;

class NodeBreakerTest {
    private long nanos = 1000;
    private final NodeBreaker breaker = new NodeBreaker(3, new TimeSource() {
        @Override
        public void pause(long nanos) {
            throw new UnsupportedOperationException("nothing waits here");
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long millis() {
            return 0;
        }
    });

    @Test
    void isOpenBeforeTheFirstConnection() {
        assertThat(breaker.health()).isEqualTo(new NodeHealth(false, 0, 0, 0, 0, 0));
    }

    @Test
    void connectionClosesItAndRaisesTheIncarnation() {
        breaker.established();

        assertThat(breaker.health()).isEqualTo(new NodeHealth(true, 1, 0, 0, 0, 0));
    }

    @Test
    void lossOpensItOnceAndIsAnOutage() {
        breaker.established();
        nanos = 5000;

        assertThat(breaker.lost(1)).isTrue();
        nanos = 6000;
        assertThat(breaker.lost(1)).isFalse();

        assertThat(breaker.health()).isEqualTo(new NodeHealth(false, 1, 5000, 1, 0, 0));
    }

    @Test
    void reconnectKeepsWhatIsKnownOfTheOutage() {
        breaker.established();
        nanos = 5000;
        breaker.lost(1);
        nanos = 9000;

        breaker.established();

        assertThat(breaker.health()).isEqualTo(new NodeHealth(true, 2, 5000, 1, 0, 0));
    }

    @Test
    void asManyTimeoutsInARowAsTheThresholdAreTooMany() {
        breaker.established();

        assertThat(breaker.timedOut(1)).isFalse();
        assertThat(breaker.timedOut(1)).isFalse();
        assertThat(breaker.timedOut(1)).isTrue();
    }

    @Test
    void anAnswerBetweenTimeoutsStartsTheCountAnew() {
        breaker.established();
        breaker.timedOut(1);
        breaker.timedOut(1);

        breaker.answered(1);

        assertThat(breaker.timedOut(1)).isFalse();
        assertThat(breaker.timedOut(1)).isFalse();
        assertThat(breaker.timedOut(1)).isTrue();
    }

    @Test
    void eventsOfAnEarlierConnectionChangeNothing() {
        breaker.established();
        breaker.lost(1);
        breaker.established();
        breaker.timedOut(2);
        breaker.timedOut(2);

        breaker.answered(1);
        assertThat(breaker.timedOut(1)).isFalse();
        assertThat(breaker.lost(1)).isFalse();

        assertThat(breaker.health().usable()).isTrue();
        assertThat(breaker.timedOut(2)).isTrue();
    }

    @Test
    void timeoutsOfAnOpenBreakerAreNotCounted() {
        breaker.established();
        breaker.lost(1);

        for (int i = 0; i < 10; i++) {
            assertThat(breaker.timedOut(1)).isFalse();
        }
    }

    @Test
    void onlyALaterLossThanTheKnownOneIsNews() {
        assertThat(breaker.lostItems(1000)).isTrue();
        assertThat(breaker.lostItems(1000)).isFalse();
        assertThat(breaker.lostItems(999)).isFalse();
        assertThat(breaker.lostItems(1001)).isTrue();

        assertThat(breaker.health()).isEqualTo(new NodeHealth(false, 0, 0, 0, 1001, 2));
    }
}
