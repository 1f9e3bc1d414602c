package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.store.FakeNode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Locks of requests on two app nodes, by a clock that goes on only while somebody waits. */
class SessionLocksTest {
    private static final Duration EXPIRATION = Duration.ofSeconds(5);
    private static final Duration WAIT_TIMEOUT = Duration.ofSeconds(10);
    private static final long TTL_SECONDS = 6;

    private final TestCluster cluster = new TestCluster(2);
    private final AppNode one = cluster.nonSticky("jvm1");
    private final AppNode two = cluster.nonSticky("jvm2");
    private final SessionLocks here = locks(one);
    private final SessionLocks elsewhere = locks(two);
    private final SessionLock first = here.newLock();
    private final SessionLock second = elsewhere.newLock();
    private final String key = one.store.newKey();

    private SessionLocks locks(AppNode node) {
        return new SessionLocks(
                sessionKey -> node.store.lock(sessionKey, TTL_SECONDS),
                EXPIRATION,
                WAIT_TIMEOUT,
                cluster.time,
                cluster.executor,
                node.metrics);
    }

    /** The one that has the lock of the key. */
    private FakeNode memcached() {
        return cluster.nodes.stream()
                .filter(node -> node.id().equals(one.store.nodeOf(key)))
                .findAny()
                .orElseThrow();
    }

    /** While somebody waits, all app nodes do what they do in the background. */
    private void backgroundGoesOn() {
        cluster.time.whenPaused(nanos -> cluster.executor.runAll());
    }

    private Duration timeOf(Runnable work) {
        long begin = cluster.time.nanos();
        work.run();
        return Duration.ofNanos(cluster.time.nanos() - begin);
    }

    @Test
    void aRequestWaitsUntilTheOneBeforeItIsOver() {
        first.acquire(key);
        AtomicInteger pauses = new AtomicInteger();
        cluster.time.whenPaused(nanos -> {
            if (pauses.incrementAndGet() == 5) {
                first.release();
            }
        });

        second.acquire(key);

        assertThat(pauses).hasValue(5);
        assertThat(two.metrics.get(Counter.LOCKS_WAITED_FOR)).isEqualTo(1);
        assertThat(two.metrics.get(Counter.LOCK_WAITS_EXCEEDED)).isZero();
        assertThat(timeOf(() -> first.acquire(key))).as("now the second has it").isPositive();
    }

    @Test
    void whoIsAloneWaitsForNobodyAndHasTheSessionOnlyOnce() {
        assertThat(timeOf(() -> {
                    first.acquire(key);
                    first.acquire(key);
                    first.release();
                    second.acquire(key);
                    first.acquire(one.store.newKey());
                }))
                .isZero();
    }

    @Test
    void aRequestGoesOnWithoutTheLockWhenItHasWaitedForItsTimeAndTheLockIsRenewedMeanwhile() {
        first.acquire(key);
        backgroundGoesOn();

        assertThat(timeOf(() -> second.acquire(key))).isEqualTo(WAIT_TIMEOUT);
        assertThat(two.metrics.get(Counter.LOCK_WAITS_EXCEEDED)).isEqualTo(1);
        assertThat(one.metrics.get(Counter.LOCKS_LOST)).isZero();
    }

    @Test
    void aRequestWaitsNoLongerForSeveralSessionsTogether() {
        String other = one.store.newKey();
        first.acquire(key);
        first.acquire(other);
        backgroundGoesOn();

        assertThat(timeOf(() -> {
                    second.acquire(key);
                    second.acquire(other);
                }))
                .isEqualTo(WAIT_TIMEOUT);
        assertThat(two.metrics.get(Counter.LOCK_WAITS_EXCEEDED)).isEqualTo(2);
    }

    @Test
    void theLockOfAnAppNodeThatDiedExpires() {
        first.acquire(key);
        here.close();
        backgroundGoesOn();

        assertThat(timeOf(() -> second.acquire(key)))
                .isBetween(EXPIRATION, Duration.ofSeconds(TTL_SECONDS).plusMillis(50));
        assertThat(two.metrics.get(Counter.LOCK_WAITS_EXCEEDED)).isZero();
    }

    @Test
    void whoHasLostItsLockDoesNotReleaseThatOfAnother() {
        first.acquire(key);
        cluster.time.advance(Duration.ofSeconds(TTL_SECONDS));
        second.acquire(key);

        first.release();

        backgroundGoesOn();
        assertThat(timeOf(() -> here.newLock().acquire(key))).isEqualTo(WAIT_TIMEOUT);
    }

    @Test
    void aLockThatAnotherHasTakenIsLostAndCounted() {
        first.acquire(key);
        cluster.time.advance(Duration.ofSeconds(TTL_SECONDS));
        second.acquire(key);

        cluster.executor.runAll();
        cluster.executor.runAll();

        assertThat(one.metrics.get(Counter.LOCKS_LOST)).isEqualTo(1);
        assertThat(two.metrics.get(Counter.LOCKS_LOST)).isZero();
    }

    @Test
    void nobodyWaitsForMemcachedThatIsAway() {
        cluster.nodes.forEach(FakeNode::goDown);

        assertThat(timeOf(() -> first.acquire(key))).isZero();
        assertThat(one.metrics.get(Counter.LOCKS_UNAVAILABLE)).isEqualTo(1);
        first.release();
    }

    @Test
    void aLockThatWasTakenWithoutAnAnswerIsGivenBack() {
        memcached().loseNextAnswer();
        first.acquire(key);

        assertThat(one.metrics.get(Counter.LOCKS_UNAVAILABLE)).isEqualTo(1);
        assertThat(memcached().items()).isEqualTo(1);
        cluster.executor.runAll();
        assertThat(memcached().items()).isZero();
    }

    @Test
    void aLockIsTakenAgainElsewhereWhenItsMemcachedNodeDies() {
        first.acquire(key);
        memcached().goDown();
        cluster.executor.runAll();
        backgroundGoesOn();

        assertThat(timeOf(() -> second.acquire(key))).isEqualTo(WAIT_TIMEOUT);
    }

    @Test
    void aLockIsTakenAgainOnAMemcachedNodeThatCameBackEmpty() {
        first.acquire(key);
        FakeNode node = memcached();
        node.goDown();
        node.comeBackEmpty();
        cluster.executor.runAll();
        backgroundGoesOn();

        assertThat(timeOf(() -> second.acquire(key))).isEqualTo(WAIT_TIMEOUT);
    }

    @Test
    void aLockIsRenewedAndReleasedOverAnotherConnection() {
        first.acquire(key);
        FakeNode node = memcached();
        node.goDown();
        node.comeBack();
        cluster.executor.runAll();
        assertThat(one.metrics.get(Counter.LOCKS_LOST)).isZero();
        node.goDown();
        node.comeBack();

        first.release();

        assertThat(node.items()).isZero();
    }

    @Test
    void aRenewalWithoutAnAnswerLosesNothing() {
        first.acquire(key);
        memcached().loseNextAnswer();
        cluster.executor.runAll();

        first.release();

        assertThat(memcached().items()).isZero();
        assertThat(one.metrics.get(Counter.LOCKS_LOST)).isZero();
    }

    @Test
    void aLockThatIsReleasedWhileItIsRenewedIsGivenBack() {
        first.acquire(key);
        memcached().interruptNext(first::release);

        cluster.executor.runAll();

        assertThat(memcached().items()).isZero();
    }

    @Test
    void anInterruptEndsTheWait() {
        first.acquire(key);
        cluster.time.whenPaused(nanos -> Thread.currentThread().interrupt());

        assertThat(timeOf(() -> second.acquire(key))).isLessThan(Duration.ofSeconds(1));
        assertThat(Thread.interrupted()).as("restored").isTrue();
    }
}
