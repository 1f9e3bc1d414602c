package io.sessionfilter.internal.session;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.store.LockItem;
import io.sessionfilter.internal.store.NodeException;
import io.sessionfilter.internal.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The locks that requests of this app node have in memcached. They are renewed as long as their requests run. Who waits asks again and again, since
 * memcached tells nobody.
 *
 * <p>Safe for use by many threads.
 */
public final class SessionLocks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SessionLocks.class);

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Two renewals may fail before a lock expires. */
    private static final int RENEWALS_PER_EXPIRATION = 3;

    private static final long WARN_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Function<String, LockItem> items;
    private final Duration waitTimeout;
    private final TimeSource time;
    private final Metrics metrics;
    private final Set<LockItem> held = ConcurrentHashMap.newKeySet();

    /** Those of which memcached has not said whether they were taken, so that they are given back. */
    private final Queue<LockItem> unclear = new ConcurrentLinkedQueue<>();

    private final ScheduledFuture<?> renewing;
    private final AtomicLong nextWarning;

    /**
     * @param items makes the lock of a key for one owner
     * @param expiration how long such a lock lasts unless it is renewed
     * @param waitTimeout how long a request waits, in all
     * @param executor runs short tasks that may block for an operation timeout; not closed with this
     */
    public SessionLocks(
            Function<String, LockItem> items,
            Duration expiration,
            Duration waitTimeout,
            TimeSource time,
            ScheduledExecutorService executor,
            Metrics metrics) {
        this.items = items;
        this.waitTimeout = waitTimeout;
        this.time = time;
        this.metrics = metrics;
        this.nextWarning = new AtomicLong(time.nanos());
        long interval = expiration.toNanos() / RENEWALS_PER_EXPIRATION;
        this.renewing = executor.scheduleWithFixedDelay(this::renew, interval, interval, TimeUnit.NANOSECONDS);
    }

    /** Of one request. */
    public SessionLock newLock() {
        return new RequestedLock();
    }

    private void renew() {
        for (LockItem item = unclear.poll(); item != null; item = unclear.poll()) {
            release(item);
        }
        for (LockItem item : List.copyOf(held)) {
            try {
                if (!item.renew()) {
                    held.remove(item);
                    metrics.count(Counter.LOCKS_LOST);
                    log.debug("session {} is locked by another request too", LogKey.of(item.key()));
                }
            } catch (NodeException e) {
                log.debug("the lock of session {} was not renewed", LogKey.of(item.key()), e);
            }
        }
    }

    private void release(LockItem item) {
        held.remove(item);
        try {
            item.release();
        } catch (NodeException e) {
            log.debug("the lock of session {} was not given back, and expires", LogKey.of(item.key()), e);
        }
    }

    /** Said once a minute: it comes in crowds. */
    private void waitedInVain(String key) {
        metrics.count(Counter.LOCK_WAITS_EXCEEDED);
        long now = time.nanos();
        long next = nextWarning.get();
        if (now - next >= 0 && nextWarning.compareAndSet(next, now + WARN_EVERY_NANOS)) {
            log.warn(
                    "a request of session {} has waited {} ms for its lock (lockWaitTimeout) and goes on without it. Further cases of this minute"
                            + " are counted only (lockWaitsExceeded)",
                    LogKey.of(key),
                    waitTimeout.toMillis());
        }
    }

    /** Nothing is renewed any more; what is not given back expires. */
    @Override
    public void close() {
        renewing.cancel(false);
        held.clear();
        unclear.clear();
    }

    private final class RequestedLock implements SessionLock {
        private final Map<String, LockItem> mine = new ConcurrentHashMap<>(2);
        private volatile long patience = waitTimeout.toNanos();

        @Override
        public void acquire(String key) {
            if (mine.containsKey(key)) {
                return;
            }
            LockItem item = items.apply(key);
            long begin = time.nanos();
            try {
                if (tryLock(item, begin)) {
                    mine.put(key, item);
                    held.add(item);
                } else {
                    waitedInVain(key);
                }
            } catch (NodeException e) {
                unclear.add(item); // not for this request to wait for
                metrics.count(Counter.LOCKS_UNAVAILABLE);
                log.debug("session {} cannot be locked", LogKey.of(key), e);
            }
            patience = Math.max(0, patience - (time.nanos() - begin));
        }

        private boolean tryLock(LockItem item, long begin) throws NodeException {
            if (item.tryLock()) {
                return true;
            }
            metrics.count(Counter.LOCKS_WAITED_FOR);
            long pause = FIRST_PAUSE_NANOS;
            while (!Thread.currentThread().isInterrupted()) {
                long left = patience - (time.nanos() - begin);
                if (left <= 0) {
                    return false;
                }
                time.pause(Math.min(pause, left));
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
                if (item.tryLock()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void release() {
            for (String key : List.copyOf(mine.keySet())) {
                LockItem item = mine.remove(key);
                if (item != null) {
                    SessionLocks.this.release(item);
                }
            }
        }
    }
}
