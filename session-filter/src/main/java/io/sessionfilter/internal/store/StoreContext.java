package io.sessionfilter.internal.store;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.time.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What all operations of a store share. Immutable but for what is learned of times to live.
 *
 * @param copies how many copies of a session there are to be: 1 + {@code backupCopies}
 * @param keyPrefix goes before each session key
 * @param validateAfterNanos for how long an app node may use a session without asking the store
 * @param random any 64 bits
 * @param longestTtl the longest time that an item of this application lives, in nanoseconds, as far as it is known
 */
record StoreContext(
        Membership membership,
        int copies,
        String keyPrefix,
        TimeToLive timeToLive,
        long validateAfterNanos,
        TimeSource time,
        LongSupplier random,
        Metrics metrics,
        AtomicLong longestTtl) {
    /** Others may win a compare-and-set; nobody loses so often in a row unless something is wrong. */
    static final int MAX_ATTEMPTS = 16;

    /** A commit that the deciding copy is missing for must beat whatever that decided unseen (PROTOCOL.md section 3). */
    static final long UNDECIDED_STEP = 1L << 32;

    private static final int USUAL_TIMEOUT_SECONDS = 1800;

    /** The longest wait after the first lost attempt; it doubles with each. */
    private static final long FIRST_PAUSE_NANOS = 500_000;

    private static final int MAX_DOUBLINGS = 9;

    /** For a start: what sessions of usual applications have. */
    static AtomicLong usualTtl(TimeToLive timeToLive) {
        return new AtomicLong(TimeUnit.SECONDS.toNanos(timeToLive.ofSession(USUAL_TIMEOUT_SECONDS)));
    }

    String storageKey(String key) {
        return keyPrefix + key;
    }

    /** Where a session's copies may be. */
    Membership.Homes homes(String key) {
        return membership.homes(key, copies);
    }

    long ttlOf(SessionRecord record) {
        long ttl = timeToLive.ofSession(record.maxInactiveInterval());
        long nanos = ttl == TimeToLive.NEVER ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(ttl);
        if (nanos > longestTtl.get()) {
            longestTtl.accumulateAndGet(nanos, Math::max);
        }
        return ttl;
    }

    Item itemOf(SessionRecord record, int stamp) {
        return new Item(record.bytes(), stamp, ttlOf(record));
    }

    /** A fresh tombstone for a session of that timeout. */
    Item tombstone(int timeoutSeconds) {
        SessionRecord tombstone = SessionRecord.tombstone(random.getAsLong(), time.millis());
        return new Item(tombstone.bytes(), newStamp(), timeToLive.ofTombstone(timeoutSeconds));
    }

    int newStamp() {
        return (int) (random.getAsLong() & Integer.MAX_VALUE);
    }

    static boolean isIdle(SessionRecord record, long idleHereNanos) {
        int timeout = record.maxInactiveInterval();
        return timeout > 0 && idleHereNanos >= TimeUnit.SECONDS.toNanos(timeout);
    }

    /** Waits for a random time, so that those who lost to each other do not meet again. */
    void pauseAfter(int attempt) {
        long bound = FIRST_PAUSE_NANOS << Math.min(attempt, MAX_DOUBLINGS);
        time.pause(Math.floorMod(random.getAsLong(), bound));
    }
}
