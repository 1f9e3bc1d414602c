package io.sessionfilter.internal.session;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.session.Session.Place;
import io.sessionfilter.internal.store.CommitResult;
import io.sessionfilter.internal.store.OpenResult;
import io.sessionfilter.internal.store.RecordChange;
import io.sessionfilter.internal.store.SessionStore;
import io.sessionfilter.internal.store.SessionStore.Retirement;
import io.sessionfilter.internal.store.StoredRecord;
import io.sessionfilter.internal.time.TimeSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Gives sessions new keys (Servlet specification, {@code changeSessionId}). Safe for use by many threads. */
final class KeyChange {
    /** How often a change of key starts anew because somebody has stored something under the old one. */
    private static final int MAX_MOVES = 16;

    private static final long POLL_NANOS = 1_000_000;

    /** Longer than any change lasts that waits for memcached only. */
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Is told of commits that failed. */
    @FunctionalInterface
    interface Failures {
        /** What is to be done about it is done. */
        SessionUse.Commit failed(Session session, PendingCommit commit, CommitResult.Failed failed);
    }

    private final SessionStore store;
    private final NearCache nearCache;
    private final AttributeCoding coding;
    private final TimeSource time;
    private final Metrics metrics;
    private final SessionReaper reaper;
    private final Failures failures;

    KeyChange(
            SessionStore store,
            NearCache nearCache,
            AttributeCoding coding,
            TimeSource time,
            Metrics metrics,
            SessionReaper reaper,
            Failures failures) {
        this.store = store;
        this.nearCache = nearCache;
        this.coding = coding;
        this.time = time;
        this.metrics = metrics;
        this.reaper = reaper;
        this.failures = failures;
    }

    /** Whether a session's key is being changed at this moment: that the key has ended does not mean then that the session has. */
    static boolean isUnderWay(Session session) {
        return session.changingKey.get() != null;
    }

    /** Waits until nobody changes a session's key; {@code false}: that takes too long, or it is this very thread that does. */
    boolean awaitEnd(Session session) {
        long begin = time.nanos();
        while (true) {
            Thread changing = session.changingKey.get();
            if (changing == null) {
                return true;
            }
            if (changing == Thread.currentThread() || time.nanos() - begin > MAX_WAIT_NANOS) {
                return false;
            }
            time.pause(POLL_NANOS);
        }
    }

    /**
     * Changes the key. One request at a time does so: the second would take it for a logout that the first has ended the old key, and end the
     * session here.
     *
     * @throws IllegalStateException if the key is being changed already, by this very thread or by one that does not come to an end
     */
    void run(Session session, SessionUse use, Map<String, LiveValue> handedOut) {
        while (!session.changingKey.compareAndSet(null, Thread.currentThread())) {
            if (!awaitEnd(session)) {
                throw new IllegalStateException(
                        "the id of session " + LogKey.of(session.key()) + " is being changed already");
            }
        }
        boolean begins = true;
        session.used(begins); // whoever changes it uses it: it does not expire meanwhile
        try {
            if (!session.isEnded()) { // while this request waited
                runAlone(session, use, handedOut);
            }
        } finally {
            session.used(!begins);
            session.changingKey.set(null);
        }
    }

    private void runAlone(Session session, SessionUse use, Map<String, LiveValue> handedOut) {
        String old = session.key();
        Retirement end = store.retire(old);
        for (int attempt = 1; !move(session, use, store.newKey(), handedOut, end, attempt == MAX_MOVES); attempt++) {
            metrics.count(Counter.SAVE_CONFLICTS);
        }
        String key = session.key();
        nearCache.putIfAbsent(key, session);
        nearCache.end(old);
        reaper.moved(old, session);
        if (session.isEnded()) { // a parallel request that has ended it may have known the old key only
            nearCache.end(key);
            store.end(key, session.timeout());
        }
    }

    /**
     * Copies a session to a new key, and ends it under the old one if that still is what was copied. Were the old one ended first, the session
     * would die with this app node in between.
     *
     * @param retirement of the old key
     * @param last whether the old one is ended in any case, and what was stored there since is lost
     * @return {@code false}: somebody has stored something under the old key meanwhile, now known here; the session is still there
     */
    private boolean move(
            Session session,
            SessionUse use,
            String key,
            Map<String, LiveValue> handedOut,
            Retirement retirement,
            boolean last) {
        Place before = session.place();
        StoredRecord known = before.stored();
        if (known == null) {
            if (!session.moveUnstored(key)) {
                return false;
            }
            if (session.storeTried) { // after the move: a first commit says so before it looks for the key
                store.end(before.key(), session.timeout());
            }
            return true;
        }
        session.committing.incrementAndGet();
        PendingCommit commit =
                new PendingCommit(session, use, coding, handedOut, time.millis()).copying(known.record());
        try {
            session.storeTried = true; // what gets no answer may arrive all the same, and a logout must end it
            CommitResult result = store.commit(key, null, commit);
            PendingCommit saved = commit;
            if (result instanceof CommitResult.Failed failed && failed.isTooLarge()) {
                failures.failed(session, commit, failed);
                saved = null; // what was stored last goes on under the new key
                result = store.commit(key, null, RecordChange.copyOf(known.record()));
            }
            if (!(result instanceof CommitResult.Stored copy)) {
                session.move(new Place(key, null));
                if (result instanceof CommitResult.Failed failed) {
                    failures.failed(session, commit, failed);
                }
                store.end(before.key(), session.timeout());
                return true;
            }
            OpenResult end = retirement.end(known, key);
            if (end instanceof OpenResult.Found newer && !last) {
                store.end(key, session.timeout());
                session.adopt(before.key(), newer.stored(), null);
                return false;
            }
            if (end instanceof OpenResult.Found || end instanceof OpenResult.Unreadable) {
                store.end(before.key(), session.timeout());
            } else if (!(end instanceof OpenResult.Ended ended && ended.endedHere())) {
                session.end();
            }
            session.move(new Place(key, copy.stored()));
            session.adopt(key, copy.stored(), saved);
            return true;
        } finally {
            commit.finish();
            session.committing.decrementAndGet();
        }
    }
}
