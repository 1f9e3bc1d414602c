package io.sessionfilter.internal.session;

import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.store.CommitResult;
import io.sessionfilter.internal.store.StoredRecord;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A session as it lives on this app node, shared by all its requests and by the near-cache. Safe for use by many threads. */
final class Session {
    /** What a session weighs besides its bytes: objects, map entries, the near-cache's own; as {@code bench.sh request} measures it. */
    private static final int OVERHEAD_BYTES = 1_300;

    /**
     * What belongs together: under this key, the store has this.
     *
     * @param stored {@code null}: never stored, as far as is known here
     */
    record Place(String key, @Nullable StoredRecord stored) {}

    private final Attributes attributes;
    private final long created;

    /** Of the first key: sets of sessions are walked in an order that is the same in every run. */
    private final int hash;

    private final AtomicBoolean ended = new AtomicBoolean();

    /** Guards changes of {@link #place}; never held while anything is decoded, encoded, sent or awaited. */
    private final ReentrantLock moving = new ReentrantLock();

    private volatile Place place;

    /** What the application has set, until it is stored; {@code null}: as the record says. */
    private final AtomicReference<@Nullable NewTimeout> newTimeout = new AtomicReference<>();

    /** How many requests use the session at this moment. */
    private final AtomicInteger uses = new AtomicInteger();

    private volatile long lastUsedNanos;
    private volatile long lastRenewedNanos;
    private volatile long thisAccessMillis;

    /** Whether a commit was ever tried under the current key, so that the store may have something though nothing was acknowledged. */
    volatile boolean storeTried;

    /** How many commits are under way: something may be stored that is not known here yet. */
    final AtomicInteger committing = new AtomicInteger();

    /** The thread that is giving the session a new key; {@code null}: none is. */
    final AtomicReference<@Nullable Thread> changingKey = new AtomicReference<>();

    /** The latest revision that a write without an answer was to follow: until there is a later one, that write may have happened, or may yet. */
    private volatile long unanswered = CommitResult.Failed.NONE;

    /** How many bytes the last commit had, if it failed: what the session weighs beyond its record. */
    volatile int unsavedBytes;

    /** Whether it was reported that this session is too large to be stored. */
    final AtomicBoolean reportedTooLarge = new AtomicBoolean();

    /** Whether it was reported that this session cannot be stored as it is. */
    final AtomicBoolean reported = new AtomicBoolean();

    /** Whether its end is told of, or was: once. */
    private final AtomicBoolean farewell = new AtomicBoolean();

    /** Whether its end is told of at this moment: until that is over, its attributes can be read. */
    volatile boolean takingLeave;

    /** Where its uses are noted so that they outlive the near-cache; {@code null}: nobody wants to hear of its end. */
    volatile LastUses.@Nullable LastUse lastUse;

    /** Compared by identity, so that the same timeout set again is not taken for the one that was stored. */
    static final class NewTimeout {
        final int seconds;
        final Carriers carriers = new Carriers();

        NewTimeout(int seconds) {
            this.seconds = seconds;
        }
    }

    private Session(Place place, Attributes attributes, long created, long lastAccessMillis, long nowNanos) {
        this.place = place;
        this.hash = place.key().hashCode();
        this.attributes = attributes;
        this.created = created;
        this.thisAccessMillis = lastAccessMillis;
        this.lastUsedNanos = nowNanos;
        this.lastRenewedNanos = nowNanos;
    }

    static Session create(String key, int timeoutSeconds, AttributeCoding coding, long nowMillis, long nowNanos) {
        Attributes attributes = new Attributes(coding, SessionRecord.NOTHING);
        Session session = new Session(new Place(key, null), attributes, nowMillis, nowMillis, nowNanos);
        session.timeout(timeoutSeconds);
        return session;
    }

    static Session loaded(
            String key, StoredRecord stored, AttributeCoding coding, long lastAccessMillis, long nowNanos) {
        Attributes attributes = new Attributes(coding, stored.record());
        long created = stored.record().created();
        return new Session(new Place(key, stored), attributes, created, Math.max(created, lastAccessMillis), nowNanos);
    }

    /** Compared by identity all the same. */
    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    Place place() {
        return place;
    }

    String key() {
        return place.key();
    }

    Attributes attributes() {
        return attributes;
    }

    long created() {
        return created;
    }

    boolean isEnded() {
        return ended.get();
    }

    /** Ends the session on this app node; {@code false}: it had ended already. */
    boolean end() {
        return ended.compareAndSet(false, true);
    }

    /** Whether the caller is the one to tell of the session's end. */
    boolean claimFarewell() {
        return farewell.compareAndSet(false, true);
    }

    /** Whether the application may use the session: it lives, or its end is being told of. */
    boolean isOpen() {
        return !isEnded() || takingLeave;
    }

    int timeout() {
        NewTimeout changed = newTimeout.get();
        SessionRecord record = attributes.record();
        return changed != null && !changed.carriers.haveLedTo(record) ? changed.seconds : record.maxInactiveInterval();
    }

    void timeout(int seconds) {
        newTimeout.set(new NewTimeout(seconds));
        noteUse(lastUsedNanos);
    }

    /** The timeout that waits to be stored. */
    @Nullable
    NewTimeout newTimeout() {
        return newTimeout.get();
    }

    /** Notes a use, and returns when the one before began. */
    long access(long nowMillis, long nowNanos) {
        long before = thisAccessMillis;
        thisAccessMillis = nowMillis;
        usedUntil(nowNanos);
        return before;
    }

    /** When its last request began, in milliseconds since 1970. */
    long lastAccess() {
        return thisAccessMillis;
    }

    /** The end of a request is a use too: a long one keeps its session alive. */
    void usedUntil(long nowNanos) {
        lastUsedNanos = nowNanos;
        noteUse(nowNanos);
    }

    private void noteUse(long nowNanos) {
        LastUses.LastUse noted = lastUse;
        if (noted != null) {
            noted.used(nowNanos, timeout(), stamp());
        }
    }

    /** By which its stored record is recognized; 0: it was never stored. */
    int stamp() {
        StoredRecord stored = place.stored();
        return stored == null ? 0 : stored.stamp();
    }

    /** A request begins to use the session, or ends. Returns how many do now. */
    int used(boolean begins) {
        return begins ? uses.incrementAndGet() : uses.decrementAndGet();
    }

    boolean isInUse() {
        return uses.get() > 0;
    }

    /** How long nobody has used the session on this app node; 0 while somebody does. */
    long idleNanos(long nowNanos) {
        return isInUse() ? 0 : nowNanos - lastUsedNanos;
    }

    long lastRenewedNanos() {
        return lastRenewedNanos;
    }

    /** Whether anything waits to be stored, apart from what may have changed in place. */
    boolean hasUnsaved() {
        StoredRecord stored = place.stored();
        return stored == null || stored.isLost() || attributes.hasPending() || newTimeout.get() != null;
    }

    /**
     * Takes over what the store has under a key.
     *
     * @param acknowledged the commit that has stored it; {@code null}: it was read
     * @return {@code false}: the session has another key by now; nothing was taken over
     */
    boolean adopt(String key, StoredRecord stored, @Nullable PendingCommit acknowledged) {
        moving.lock();
        try {
            Place before = place;
            if (!before.key().equals(key)) {
                return false;
            }
            // The same state again brings a newer token and confirmation; a late answer must not undo a newer state.
            StoredRecord known = before.stored();
            StoredRecord newest = known != null && known.isNewerThan(stored) ? known : stored;
            place = new Place(key, newest);
            if (acknowledged != null) {
                unsavedBytes = 0;
                newTimeout.compareAndSet(acknowledged.newTimeout(), null);
            }
            attributes.adopt(newest.record(), acknowledged, stored.record());
            lastRenewedNanos = Math.max(lastRenewedNanos, stored.validatedNanos());
            return true;
        } finally {
            moving.unlock();
        }
    }

    /** A write that was to follow this revision got no answer. */
    void unanswered(long revision) {
        moving.lock();
        try {
            unanswered = Math.max(unanswered, revision);
        } finally {
            moving.unlock();
        }
    }

    /** Whether this app node itself has, or may have, written something later than this record. */
    boolean mayHaveChangedSince(SessionRecord record) {
        return unanswered >= record.revision() || attributes.record().revision() > record.revision();
    }

    /** The store has lost its copy of the session. */
    void lost() {
        moving.lock();
        try {
            Place before = place;
            StoredRecord stored = before.stored();
            if (stored != null) {
                place = new Place(before.key(), stored.lost());
            }
        } finally {
            moving.unlock();
        }
    }

    /** Gives a session that was never stored a new key; {@code false}: it was stored meanwhile. */
    boolean moveUnstored(String key) {
        moving.lock();
        try {
            if (place.stored() != null) {
                return false;
            }
            move(new Place(key, null));
            return true;
        } finally {
            moving.unlock();
        }
    }

    /** The session has a new key. */
    void move(Place to) {
        moving.lock();
        try {
            place = to;
            unanswered = CommitResult.Failed.NONE;
        } finally {
            moving.unlock();
        }
    }

    /** About how many bytes of memory the session takes: its record, and as much again for what is decoded of it. */
    int weight() {
        StoredRecord stored = place.stored();
        long bytes = unsavedBytes + (stored == null ? 0L : stored.record().bytes().length);
        return (int) Math.min(Integer.MAX_VALUE, OVERHEAD_BYTES + 2 * bytes);
    }
}
