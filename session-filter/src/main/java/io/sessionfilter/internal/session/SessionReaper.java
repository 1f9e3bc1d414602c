package io.sessionfilter.internal.session;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.session.LastUses.LastUse;
import io.sessionfilter.internal.store.OpenResult;
import io.sessionfilter.internal.store.SessionStore;
import io.sessionfilter.internal.store.StoredRecord;
import io.sessionfilter.internal.store.TimeToLive;
import io.sessionfilter.internal.time.TimeSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the end of sessions, and brings it about for those that nobody uses any more, as far as anybody wants to hear of it: at most
 * once for a session, by the app node that ends it. The store itself needs no reaper; it forgets what has expired.
 *
 * <p>Safe for use by many threads; {@link #reap} is for one.
 */
final class SessionReaper {
    /** So much at a time; the thread has other duties. What is left over is done a second later. */
    private static final int MAX_AT_ONCE = 1_000;

    private static final long MAX_NANOS_AT_ONCE = TimeUnit.MILLISECONDS.toNanos(500);

    /** Sessions that requests have found expired, and whose listeners are not told yet. */
    static final int MAX_UNTOLD = 10_000;

    private static final long SHORT_WHILE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long OUTAGE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Within memcached's resolution, which is a second both when it notes a renewal and when it answers. */
    private static final long RESOLUTION_SECONDS = 2;

    private static final Logger log = LoggerFactory.getLogger(SessionReaper.class);

    private final SessionStore store;
    private final NearCache nearCache;
    private final AttributeCoding coding;
    private final SessionObserver observer;
    private final TimeToLive timeToLive;
    private final TimeSource time;
    private final Metrics metrics;
    private final Function<Session, SessionUse> unused;
    private final LastUses lastUses = new LastUses(LastUses.MAX_SESSIONS);
    private final Queue<Session> untold = new ConcurrentLinkedQueue<>();
    private final AtomicInteger untoldCount = new AtomicInteger();

    /**
     * @param unused makes a use of a session that is not one of any request
     */
    SessionReaper(
            SessionStore store,
            NearCache nearCache,
            AttributeCoding coding,
            TimeToLive timeToLive,
            TimeSource time,
            Metrics metrics,
            Function<Session, SessionUse> unused) {
        this.store = store;
        this.nearCache = nearCache;
        this.coding = coding;
        this.observer = coding.observer();
        this.timeToLive = timeToLive;
        this.time = time;
        this.metrics = metrics;
        this.unused = unused;
    }

    /** Keeps an eye on a session that is in use, if anybody wants to hear of its end. */
    void watch(Session session) {
        int timeout = session.timeout();
        if (session.lastUse == null && timeout > 0 && isObserved(session)) {
            session.lastUse = lastUses.watch(session.key(), time.nanos(), timeout, session.stamp());
        }
    }

    private boolean isObserved(Session session) {
        return observer.observesSessions()
                || observer.observesAttributes()
                || session.attributes().hearUnbinding();
    }

    /** A session has another key now. */
    void moved(String oldKey, Session session) {
        lastUses.forget(oldKey);
        session.lastUse = null;
        watch(session);
    }

    /** A session has ended. */
    void forget(String key) {
        lastUses.forget(key);
    }

    /** How many sessions are watched. */
    int watched() {
        return lastUses.size();
    }

    /** Tells of the end of a session, unless somebody else does. */
    void tell(Session session, SessionUse use) {
        if (!session.claimFarewell()) {
            return;
        }
        session.takingLeave = true;
        try {
            if (observer.observesSessions()) {
                observer.destroyed(use);
            }
            session.attributes().close();
            if (observer.observesAttributes() || session.attributes().hearUnbinding()) {
                unbindAll(session, use);
            }
        } finally {
            session.takingLeave = false;
        }
    }

    private void unbindAll(Session session, SessionUse use) {
        for (String name : session.attributes().names()) {
            LiveValue value = session.attributes().remove(name, use, null);
            if (value != null) {
                observer.unbound(use, name, value.value);
            }
        }
    }

    /**
     * A request has found that a session has expired, and this app node has ended it: is told of by the next {@link #reap}, for the
     * application's listeners must not run while a request asks for its session.
     *
     * @param session as it is known here; {@code null}: it is not
     * @param last what the store had; {@code null}: nothing
     */
    void expired(String key, @Nullable Session session, @Nullable StoredRecord last) {
        Session ended = ended(key, session, last);
        if (ended == null) {
            return;
        }
        if (untoldCount.incrementAndGet() > MAX_UNTOLD) {
            untoldCount.decrementAndGet();
            log.warn(
                    "{} expired sessions wait for their listeners; those of session {} are not called",
                    MAX_UNTOLD,
                    LogKey.of(key));
            return;
        }
        untold.add(ended);
    }

    /** The session that has ended, if anybody wants to hear of that. */
    private @Nullable Session ended(String key, @Nullable Session session, @Nullable StoredRecord last) {
        lastUses.forget(key);
        Session ended = session;
        if (last != null) {
            if (ended == null) {
                long lastAccess =
                        time.millis() - TimeUnit.SECONDS.toMillis(last.record().maxInactiveInterval());
                ended = Session.loaded(key, last, coding, lastAccess, time.nanos());
            } else {
                ended.adopt(key, last, null);
            }
        }
        if (ended == null) {
            return null;
        }
        ended.end();
        return isObserved(ended) ? ended : null;
    }

    /** Ends what is due, and tells of what has expired. To be called every second. */
    void reap() {
        long start = time.nanos();
        for (int i = 0; i < MAX_AT_ONCE && time.nanos() - start < MAX_NANOS_AT_ONCE; i++) {
            Session next = untold.poll();
            if (next != null) {
                untoldCount.decrementAndGet();
                tellQuietly(next);
                continue;
            }
            LastUse due = lastUses.pollDue(time.nanos());
            if (due == null) {
                return;
            }
            lookQuietly(due);
        }
    }

    private void tellQuietly(Session ended) {
        try {
            tell(ended, unused.apply(ended));
        } catch (RuntimeException | Error e) {
            failed(ended.key(), e);
        }
    }

    private void lookQuietly(LastUse due) {
        try {
            look(due);
        } catch (RuntimeException | Error e) {
            failed(due.key(), e);
            askAgainLater(due, time.nanos() - due.usedNanos(), due.timeoutSeconds()); // void if its end was told of
        }
    }

    /** Of one session, most likely of the application's classes: the others must be looked at all the same. */
    private static void failed(String key, Throwable failure) {
        log.error("session {} could not be ended as expired", LogKey.of(key), failure);
    }

    /** The longer it lasts the less often. */
    private void askAgainLater(LastUse due, long idleNanos, int timeout) {
        long overdue = Math.max(0, idleNanos - TimeUnit.SECONDS.toNanos(timeout));
        due.askAgain(time.nanos() + OUTAGE_NANOS + overdue);
    }

    private void look(LastUse due) {
        String key = due.key();
        Session session = nearCache.peek(key);
        if (session == null
                && nearCache.hasEnded(
                        key)) { // somebody has ended it, and tells of it, though the store may not know yet
            unwatch(key, null);
            return;
        }
        long now = time.nanos();
        long idle = session != null ? session.idleNanos(now) : now - due.usedNanos();
        int timeout = session != null ? session.timeout() : due.timeoutSeconds();
        if (timeout <= 0 || (session != null && session.isEnded())) {
            unwatch(key, session);
            return;
        }
        long left = TimeUnit.SECONDS.toNanos(timeout) - idle;
        if (left > 0) {
            due.askAgain(now + left);
        } else if (session != null && session.place().stored() == null && !session.storeTried) {
            endHere(key, session);
        } else if (!store.isReachable(key)) {
            due.askAgain(now + OUTAGE_NANOS);
        } else {
            endIfIdle(due, session, idle, timeout);
        }
    }

    /** Nobody else has ever heard of it. */
    private void endHere(String key, Session session) {
        metrics.count(Counter.SESSIONS_EXPIRED);
        nearCache.end(key);
        tellEnded(key, session, null);
    }

    private void tellEnded(String key, @Nullable Session session, @Nullable StoredRecord last) {
        Session ended = ended(key, session, last);
        if (ended != null) {
            tell(ended, unused.apply(ended));
        }
    }

    private void endIfIdle(LastUse due, @Nullable Session session, long idleNanos, int timeout) {
        String key = due.key();
        OpenResult result = store.expireIfIdle(key, session != null ? session.stamp() : due.stamp(), idleNanos);
        if (result instanceof OpenResult.Found found) {
            askAgain(due, session, found.stored(), found.idleSeconds(), idleNanos);
        } else if (result instanceof OpenResult.Unreadable) {
            askAgainLater(due, idleNanos, timeout);
        } else if (result instanceof OpenResult.Missing
                && session != null
                && session.place().stored() == null) {
            endHere(key, session); // the first commit has not arrived
        } else if (result instanceof OpenResult.Ended ended && ended.endedHere()) {
            nearCache.end(key);
            tellEnded(key, session, ended.last());
        } else {
            unwatch(key, session); // ended by somebody else, who tells of it, or lost by the store
            if (result instanceof OpenResult.Ended) {
                nearCache.end(key);
                if (session != null && session.key().equals(key)) {
                    session.end();
                }
            }
        }
    }

    /**
     * Another app node has used it since: it will end it, and this one looks again when it should have, lest that app node is dead. Or
     * the store is not sure yet.
     */
    private void askAgain(
            LastUse due, @Nullable Session session, StoredRecord stored, long idleSeconds, long idleHereNanos) {
        int timeout = stored.record().maxInactiveInterval();
        if (timeout <= 0) {
            unwatch(due.key(), session);
            return;
        }
        boolean usedElsewhere = idleSeconds < TimeUnit.NANOSECONDS.toSeconds(idleHereNanos) - RESOLUTION_SECONDS
                || stored.stamp() != (session != null ? session.stamp() : due.stamp());
        long wait = usedElsewhere
                ? TimeUnit.SECONDS.toNanos(timeToLive.secondsUntilExpired(timeout, idleSeconds))
                : SHORT_WHILE_NANOS;
        due.askAgain(time.nanos() + Math.max(SHORT_WHILE_NANOS, wait));
    }

    private void unwatch(String key, @Nullable Session session) {
        lastUses.forget(key);
        if (session != null) {
            session.lastUse = null; // so that its next use is noted
        }
    }

    void clear() {
        lastUses.clear();
        untold.clear();
    }
}
