package io.sessionfilter.internal.session;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.session.Session.Place;
import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.store.CommitResult;
import io.sessionfilter.internal.store.ContentionException;
import io.sessionfilter.internal.store.NodeException;
import io.sessionfilter.internal.store.OpenResult;
import io.sessionfilter.internal.store.SessionStore;
import io.sessionfilter.internal.store.StoredRecord;
import io.sessionfilter.internal.store.TimeToLive;
import io.sessionfilter.internal.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sessions in a store, with a near-cache before it. */
public final class StoredSessionManager implements SessionManager {
    /** For how long a stop waits for what is not saved yet; as long again for what could not be saved before. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final SessionStore store;
    private final NearCache nearCache;
    private final AttributeCoding coding;
    private final TrustPolicy trust;
    private final TimeToLive timeToLive;
    private final TimeSource time;
    private final Metrics metrics;
    private final StoreLog storeLog;
    private final SessionReaper reaper;
    private final UnsavedSessions unsaved;
    private final @Nullable AsyncSaves asyncSaves;
    private final Resync resync;
    private final Renewals renewals;
    private final KeyChange keyChange;
    private final List<ScheduledFuture<?>> tasks;

    /** The sessions that some request uses, or has used within the last second. */
    private final Set<Session> inUse = ConcurrentHashMap.newKeySet();

    /**
     * @param asyncSaves saves after the response; {@code null}: before. Closed with this
     * @param resyncPerSecond how many sessions a second get their copies again on a memcached node that came back
     * @param executor runs short tasks that may block for an operation timeout; not closed with this
     */
    public StoredSessionManager(
            SessionStore store,
            NearCache nearCache,
            AttributeCoding coding,
            TrustPolicy trust,
            TimeToLive timeToLive,
            @Nullable AsyncSaves asyncSaves,
            int resyncPerSecond,
            TimeSource time,
            ScheduledExecutorService executor,
            Metrics metrics) {
        this.store = store;
        this.nearCache = nearCache;
        this.coding = coding;
        this.trust = trust;
        this.timeToLive = timeToLive;
        this.asyncSaves = asyncSaves;
        this.time = time;
        this.metrics = metrics;
        this.storeLog = new StoreLog(metrics);
        this.reaper = new SessionReaper(store, nearCache, coding, timeToLive, time, metrics, this::unused);
        this.unsaved = new UnsavedSessions(nearCache.maxBytes());
        this.renewals = new Renewals(time);
        this.resync = new Resync(store, nearCache, time, metrics, resyncPerSecond);
        this.keyChange = new KeyChange(store, nearCache, coding, time, metrics, reaper, this::failed);
        this.tasks = List.of(
                executor.scheduleWithFixedDelay(this::renewUsed, 1, 1, TimeUnit.SECONDS),
                executor.scheduleWithFixedDelay(this::saveUnsaved, 1, 1, TimeUnit.SECONDS),
                executor.scheduleWithFixedDelay(this::reap, 1, 1, TimeUnit.SECONDS),
                executor.scheduleWithFixedDelay(resync::run, 1, 1, TimeUnit.SECONDS));
    }

    @Override
    public Opened open(SessionId id) {
        String key = id.key();
        Session session = nearCache.find(key);
        if (session != null) {
            return open(id, session);
        }
        if (nearCache.hasEnded(key)) {
            return absent();
        }
        OpenResult result = store.open(key, null, 0);
        if (result instanceof OpenResult.Found found) {
            Session loaded = load(key, found);
            if (nearCache.hasEnded(key)) { // here, while the store was being asked
                nearCache.end(key);
                return absent();
            }
            return live(loaded);
        }
        if (result instanceof OpenResult.Unreadable unreadable) {
            return unknown(key, unreadable);
        }
        return result instanceof OpenResult.Ended ended ? ended(key, ended) : absent();
    }

    private Opened ended(String key, OpenResult.Ended ended) {
        Session loaded = nearCache.peek(key);
        if (loaded != null) { // by a parallel request, before it ended
            return gone(key, loaded, loaded.place().stored(), ended);
        }
        nearCache.end(key);
        if (ended.endedHere()) {
            reaper.expired(key, null, ended.last());
        }
        return absent();
    }

    private Opened open(SessionId id, Session session) {
        String key = id.key();
        StoredRecord known = session.place().stored();
        long now = time.nanos();
        long idle = session.idleNanos(now);
        boolean inUse = !isIdle(session, idle);
        if (known != null && inUse && nearCache.keepsIdle() && trust.mayTrust(id, known, now, renewalNanos(session))) {
            metrics.count(Counter.NEAR_CACHE_TRUSTED);
            return live(session);
        }
        OpenResult result = store.open(key, known, idle);
        if (result instanceof OpenResult.Found found) {
            boolean same = known != null && known.record().equals(found.stored().record());
            metrics.count(same ? Counter.NEAR_CACHE_CONFIRMED : Counter.SESSIONS_LOADED);
            session.adopt(key, found.stored(), null);
            if (!same) {
                nearCache.resized(key, session);
            }
            return live(session);
        }
        if (result instanceof OpenResult.Unreadable unreadable) {
            if (!inUse) {
                return unknown(key, unreadable);
            }
            metrics.count(Counter.SERVED_LOCALLY);
            return live(session);
        }
        if (result instanceof OpenResult.Missing && known == null && inUse) {
            return live(session); // it has yet to be stored for the first time
        }
        return gone(key, session, known, result);
    }

    /** A session that this app node has in its near-cache is not in the store any more. */
    private Opened gone(String key, Session session, @Nullable StoredRecord known, OpenResult result) {
        if (KeyChange.isUnderWay(session)) {
            return absent(); // the old key has ended, and perhaps no more than that: who changes it finds out
        }
        if (session.key().equals(key)) {
            session.end();
        }
        forget(key, result);
        if (result instanceof OpenResult.Ended ended && ended.endedHere()) {
            reaper.expired(key, session, ended.last());
        } else if (result instanceof OpenResult.Missing && known == null) {
            reaper.expired(key, session, null); // only this app node ever had it
        }
        return absent();
    }

    private Session load(String key, OpenResult.Found found) {
        metrics.count(Counter.SESSIONS_LOADED);
        long lastAccess = time.millis() - TimeUnit.SECONDS.toMillis(found.idleSeconds());
        Session loaded = Session.loaded(key, found.stored(), coding, lastAccess, time.nanos());
        Session shared = nearCache.putIfAbsent(key, loaded);
        if (!shared.equals(loaded)) {
            shared.adopt(key, found.stored(), null);
        }
        return shared;
    }

    private void forget(String key, OpenResult result) {
        if (result instanceof OpenResult.Ended) {
            nearCache.end(key);
        } else {
            nearCache.remove(key);
        }
    }

    private Opened unknown(String key, OpenResult.Unreadable unreadable) {
        storeLog.unknown(key, unreadable.cause());
        return new Opened.Unknown();
    }

    private Opened live(Session session) {
        if (session.isEnded()) {
            return absent(); // by another request, while this one was asking
        }
        long lastAccess = session.access(time.millis(), time.nanos());
        return new Opened.Live(active(new StoredSessionUse(this, session, false, lastAccess)));
    }

    private static StoredSessionUse active(StoredSessionUse use) {
        use.active(true);
        return use;
    }

    /** A use that is not one of any request. */
    private StoredSessionUse unused(Session session) {
        return new StoredSessionUse(this, session, false, session.lastAccess());
    }

    private Opened absent() {
        metrics.count(Counter.SESSIONS_ABSENT);
        return new Opened.Absent();
    }

    private static boolean isIdle(Session session, long idleNanos) {
        int timeout = session.timeout();
        return timeout > 0 && idleNanos >= TimeUnit.SECONDS.toNanos(timeout);
    }

    private long renewalNanos(Session session) {
        return timeToLive.renewalNanos(session.timeout());
    }

    @Override
    public SessionUse create(int maxInactiveInterval) {
        String key = store.newKey();
        long now = time.millis();
        Session session = Session.create(key, maxInactiveInterval, coding, now, time.nanos());
        nearCache.putIfAbsent(key, session);
        metrics.count(Counter.SESSIONS_CREATED);
        return active(new StoredSessionUse(this, session, true, now));
    }

    @Override
    public boolean keepAlive(String key) {
        Session session = nearCache.find(key);
        long now = time.nanos();
        if (session == null && !renewals.isDue(key) && !nearCache.hasEnded(key)) {
            return true;
        }
        if (session == null || isIdle(session, session.idleNanos(now))) {
            if (open(new SessionId(key, null, null)) instanceof Opened.Live live) {
                live.session().active(false);
                return true;
            }
            return false;
        }
        session.access(time.millis(), now);
        boolean alive = !isRenewalDue(session, now) || renew(session);
        if (!session.isInUse()) {
            release(session);
        }
        return alive;
    }

    private boolean isRenewalDue(Session session, long now) {
        return session.place().stored() != null && now - session.lastRenewedNanos() >= renewalNanos(session);
    }

    /** Renews a session in use, and learns what others have done with it; {@code false}: ended it. */
    private boolean renew(Session session) {
        Place place = session.place();
        OpenResult result = store.open(place.key(), place.stored(), 0);
        if (result instanceof OpenResult.Found found) {
            session.adopt(place.key(), found.stored(), null);
            nearCache.resized(place.key(), session);
        } else if (result instanceof OpenResult.Ended
                && !KeyChange.isUnderWay(session) // who changes the key finds out what has ended
                && session.key().equals(place.key())) {
            session.end();
            nearCache.end(place.key());
        }
        return !session.isEnded();
    }

    SessionId idOf(String key) {
        return new SessionId(key, store.nodeOf(key).value(), trust.route());
    }

    boolean isIdOf(String key, String text) {
        return SessionId.isText(text, key, store.nodeOf(key).value(), trust.route());
    }

    long now() {
        return time.nanos();
    }

    void used(Session session, boolean begins) {
        int uses = session.used(begins);
        if (uses > 0 && begins) {
            inUse.add(session);
        }
        watch(session);
        if (uses == 0) {
            release(session);
        }
    }

    /** Nobody uses the session for now. */
    private void release(Session session) {
        if (!nearCache.keepsIdle()) {
            if (session.place().stored() != null) {
                renewals.note(session.key(), session.lastRenewedNanos() + renewalNanos(session));
            }
            nearCache.release(session.key(), session);
        }
    }

    AttributeCoding coding() {
        return coding;
    }

    /** Keeps an eye on a session whose end somebody wants to hear of. */
    void watch(Session session) {
        if (!session.isEnded()) {
            reaper.watch(session);
        }
    }

    /** Ends the sessions that have expired, and tells of those that requests have found so. For one thread at a time. */
    void reap() {
        reaper.reap();
    }

    /** How many sessions this app node watches until they expire, since somebody wants to hear of that. */
    public int watchedSessions() {
        return reaper.watched();
    }

    /** Keeps alive the sessions that requests have been using for long. To be called every second, by one thread. */
    void renewUsed() {
        for (Session session : List.copyOf(inUse)) {
            inUse.remove(session); // first: a request that begins meanwhile adds it again
            if (!session.isInUse() || session.isEnded()) {
                continue;
            }
            inUse.add(session);
            if (isRenewalDue(session, time.nanos()) && renew(session)) {
                nearCache.find(session.key()); // counts as an access there too
            }
        }
    }

    /** Whether a session has expired that no request keeps from it, or nobody knows; in the first case it has ended then. */
    boolean mayHaveExpired(Session session) {
        return isIdle(session, session.idleNanos(time.nanos())) && !keepAlive(session.key());
    }

    void invalidated(Session session, SessionUse use) {
        metrics.count(Counter.SESSIONS_INVALIDATED);
        Place place = session.place();
        nearCache.end(place.key());
        if (place.stored() != null || session.storeTried) {
            store.endSession(place.key(), place.stored(), session.timeout());
        }
        reaper.forget(place.key());
        reaper.tell(session, use);
    }

    /** Saves now, or has it saved soon. */
    Commit commit(Session session, SessionUse use, Map<String, LiveValue> handedOut) {
        if (asyncSaves != null && asyncSaves.offer(session, handedOut, this::saveLater)) {
            return Commit.LATER;
        }
        return save(session, use, handedOut);
    }

    private void saveLater(Session session, Map<String, LiveValue> handedOut) {
        if (!session.isEnded()) {
            save(session, unused(session), handedOut);
        }
    }

    private Commit save(Session session, SessionUse use, Map<String, LiveValue> handedOut) {
        session.committing.incrementAndGet();
        PendingCommit commit = new PendingCommit(session, use, coding, handedOut, time.millis());
        try {
            return commit(session, use, commit);
        } finally {
            commit.finish();
            session.committing.decrementAndGet();
            if (!session.isInUse()) { // else when its last use ends
                release(session);
            }
        }
    }

    private Commit commit(Session session, SessionUse use, PendingCommit commit) {
        Place place = session.place();
        StoredRecord known = place.stored();
        if (known != null && !commit.differsFrom(known.record()) && !known.isLost()) {
            if (session.isEnded()) { // while this was found out: what waited is gone, and is not stored
                return Commit.ENDED;
            }
            session.adopt(place.key(), known, commit);
            return kept(session, use, commit) ? Commit.LOCAL : Commit.NOTHING;
        }
        session.storeTried = true;
        if (session.isEnded()) { // by a request that may not have seen that the store is about to get something
            return Commit.ENDED;
        }
        if (!session.key().equals(place.key())) { // given by a request that may not have seen it either
            return commit(session, use, commit);
        }
        CommitResult result = store.commit(place.key(), known, commit);
        if (result instanceof CommitResult.Stored stored) {
            storeLog.saved(stored.stored().tokens().keySet());
            commit.foreignChanges().count(metrics);
            if (!session.adopt(place.key(), stored.stored(), commit)) {
                return commit(session, use, commit);
            }
            nearCache.resized(place.key(), session);
            return kept(session, use, commit) ? Commit.LOCAL : Commit.STORED;
        }
        if (result instanceof CommitResult.Failed failed) {
            return failed(session, commit, failed);
        }
        if (!keyChange.awaitEnd(session)) {
            Exception cause = new ContentionException("its key is being changed");
            return failed(session, commit, new CommitResult.Failed(cause, CommitResult.Failed.NONE));
        }
        if (!session.key().equals(place.key())) {
            return commit(session, use, commit); // which finds what was taken along
        }
        session.end();
        nearCache.end(place.key());
        return Commit.ENDED;
    }

    private Commit failed(Session session, PendingCommit commit, CommitResult.Failed failed) {
        session.unanswered(failed.unanswered());
        commit.encoded().forEach((name, encoded) -> session.attributes().keepPending(name, encoded.value()));
        if (session.place().stored() == null && commit.encoded().isEmpty()) {
            commit.over(null); // no node was there to be asked: what the session weighs is not known yet
        }
        session.unsavedBytes = commit.size();
        nearCache.resized(session.key(), session);
        boolean triedAgain = failed.cause() instanceof ContentionException
                || (failed.cause() instanceof NodeException failure && failure.isOutage());
        if (triedAgain) {
            unsaved.add(session);
        }
        // A memcached node that has no memory for an item throws away the one that it had under the key.
        if (failed.cause() instanceof NodeException refusal && refusal.kind() == NodeException.Kind.REFUSED) {
            session.lost();
        }
        storeLog.failed(session, failed.cause());
        return failed.isTooLarge() ? Commit.TOO_LARGE : Commit.LOCAL;
    }

    /** Keeps what could not be encoded, if anything. */
    private boolean kept(Session session, SessionUse use, PendingCommit commit) {
        Map<String, PendingCommit.Unwritable> unwritable = commit.unwritable();
        if (unwritable.isEmpty()) {
            return false;
        }
        unwritable.keySet().forEach(name -> {
            LiveValue value = session.attributes().find(name, use);
            if (value != null) {
                session.attributes().keepPending(name, value);
            }
        });
        storeLog.unwritable(unwritable);
        return true;
    }

    void changeKey(Session session, SessionUse use, Map<String, LiveValue> handedOut) {
        keyChange.run(session, use, handedOut);
    }

    /** Saves the sessions that could not be saved during an outage and now can be. For one thread at a time. */
    void saveUnsaved() {
        unsaved.retry(this::saveUnsaved);
    }

    /** Whether there is nothing left to do for the session. */
    private boolean saveUnsaved(Session session) {
        if (session.isEnded() || isIdle(session, session.idleNanos(time.nanos()))) {
            return true;
        }
        if (!store.isReachable(session.key())) {
            return false;
        }
        // Has it wait again if that is of any use: if the node could not be reached.
        save(session, unused(session), Map.of());
        return true;
    }

    /** Tries once more what could not be saved, for a while: with this app node it would be lost. */
    private void saveUnsavedAtLast() {
        long deadline = time.nanos() + STOP_PATIENCE.toNanos();
        unsaved.retry(session -> time.nanos() - deadline < 0 && saveUnsaved(session));
        if (unsaved.size() > 0) {
            storeLog.abandoned(unsaved.size());
        }
    }

    /** How many sessions wait for a memcached node to be saved. */
    public int unsavedSessions() {
        return unsaved.size();
    }

    /** How many sessions are still to have their copies on a memcached node that came back. */
    public int resyncWaiting() {
        return resync.waiting();
    }

    @Override
    public void close() {
        tasks.forEach(task -> task.cancel(false));
        if (asyncSaves != null) {
            asyncSaves.close(STOP_PATIENCE);
        }
        saveUnsavedAtLast();
        store.close();
        inUse.clear();
        unsaved.clear();
        reaper.clear();
        nearCache.clear();
    }
}
