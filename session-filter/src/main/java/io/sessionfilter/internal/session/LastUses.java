package io.sessionfilter.internal.session;

import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the sessions that this app node has served were last used here, and which of them are due: idle for their timeout, as far as this app
 * node knows. Remembers longer than the near-cache, at some 200 bytes a session.
 *
 * <p>Requests only write to their session's own {@link LastUse}. Where it stands in the order of due times is found out when the earlier time
 * is reached. Safe for use by many threads; {@link #pollDue} and {@link LastUse#askAgain} are for one thread at a time.
 */
final class LastUses {
    static final int MAX_SESSIONS = 1_000_000;

    /** Not worth tidying up. */
    private static final int FEW = 1_000;

    private static final Logger log = LoggerFactory.getLogger(LastUses.class);

    private final int maxSessions;
    private final Map<String, LastUse> byKey = new ConcurrentHashMap<>();

    /** Those whose time is not in the order yet. */
    private final Queue<LastUse> toOrder = new ConcurrentLinkedQueue<>();

    /** How many those are. */
    private final AtomicInteger unordered = new AtomicInteger();

    private final PriorityQueue<Due> order = new PriorityQueue<>();
    private final AtomicBoolean fullReported = new AtomicBoolean();

    LastUses(int maxSessions) {
        this.maxSessions = maxSessions;
    }

    /** When a session was last used on this app node, and what it was then. */
    final class LastUse {
        private final String key;
        private volatile long usedNanos;
        private volatile int timeoutSeconds;
        private volatile int stamp;

        /** When it is looked at next. */
        private volatile long dueNanos;

        private LastUse(String key, long usedNanos, int timeoutSeconds, int stamp) {
            this.key = key;
            this.usedNanos = usedNanos;
            this.timeoutSeconds = timeoutSeconds;
            this.stamp = stamp;
            this.dueNanos = usedNanos + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        }

        String key() {
            return key;
        }

        long usedNanos() {
            return usedNanos;
        }

        int timeoutSeconds() {
            return timeoutSeconds;
        }

        int stamp() {
            return stamp;
        }

        /** Notes a use. */
        void used(long nowNanos, int timeout, int recordStamp) {
            usedNanos = nowNanos;
            timeoutSeconds = timeout;
            stamp = recordStamp;
            long due = nowNanos + TimeUnit.SECONDS.toNanos(timeout);
            if (timeout > 0 && due - dueNanos < 0) { // the timeout has become shorter
                dueNanos = due;
                order(this);
            }
        }

        void askAgain(long atNanos) {
            dueNanos = atNanos;
            order.add(new Due(atNanos, this));
        }
    }

    private record Due(long atNanos, LastUse use) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.signum(atNanos - other.atNanos); // the clock's origin is arbitrary
        }
    }

    /**
     * Remembers a session from now on.
     *
     * @return {@code null}: there are too many
     */
    @Nullable
    LastUse watch(String key, long nowNanos, int timeoutSeconds, int stamp) {
        LastUse known = byKey.get(key);
        if (known == null && (byKey.size() >= maxSessions || unordered.get() >= maxSessions)) {
            if (!fullReported.getAndSet(true)) {
                log.warn(
                        "This app node watches {} sessions for their end, or does not come to do so for a listener that hangs. Listeners are not"
                                + " told when further ones expire.",
                        maxSessions);
            }
            return null;
        }
        if (known == null) {
            LastUse first = new LastUse(key, nowNanos, timeoutSeconds, stamp);
            known = byKey.putIfAbsent(key, first);
            if (known == null) {
                order(first);
                return first;
            }
        }
        known.used(nowNanos, timeoutSeconds, stamp);
        return known;
    }

    private void order(LastUse use) {
        unordered.incrementAndGet();
        toOrder.add(use);
    }

    void forget(String key) {
        byKey.remove(key);
    }

    int size() {
        return byKey.size();
    }

    /** How many entries the order has, those of sessions that were forgotten included; for the thread of {@link #pollDue}. */
    int ordered() {
        return order.size();
    }

    /** The next one that is due; {@code null}: none is. */
    @Nullable
    LastUse pollDue(long nowNanos) {
        for (LastUse use = toOrder.poll(); use != null; use = toOrder.poll()) {
            unordered.decrementAndGet();
            order.add(new Due(use.dueNanos, use));
        }
        if (order.size() > 2 * byKey.size() + FEW) {
            order.removeIf(this::isVoid); // sessions that ended early, of which there may be many
        }
        for (Due next = order.peek(); next != null && next.atNanos - nowNanos <= 0; next = order.peek()) {
            order.remove();
            if (!isVoid(next)) {
                return next.use;
            }
        }
        return null;
    }

    /** Whether the session was forgotten since, or is due at another time. */
    private boolean isVoid(Due due) {
        return due.atNanos != due.use.dueNanos || byKey.get(due.use.key) != due.use;
    }

    void clear() {
        byKey.clear();
        toOrder.clear();
    }
}
