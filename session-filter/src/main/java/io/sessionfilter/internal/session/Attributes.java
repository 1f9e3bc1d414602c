package io.sessionfilter.internal.session;

import io.sessionfilter.codec.UnreadableAttributeException;
import io.sessionfilter.internal.record.Segment;
import io.sessionfilter.internal.record.SessionRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The live attributes of one session on one app node: over the last stored record, the values that were decoded, and the changes that are
 * not acknowledged yet. Shared by all requests of the session; safe for use by many threads. No lock is held while a value is decoded or
 * encoded.
 */
final class Attributes {
    /** A pending change that removes; compared by identity, so that a later removal is not taken for an earlier one. */
    static final class Removal {
        final Carriers carriers = new Carriers();

        /** Of an attribute that has a merger; else {@code null}. */
        final @Nullable Branch branch;

        Removal(@Nullable Branch branch) {
            this.branch = branch;
        }
    }

    private final AttributeCoding coding;
    private final Map<String, LiveValue> live = new ConcurrentHashMap<>();

    /** Name to {@link LiveValue} or {@link Removal}: what the application did, until the store has acknowledged it. */
    private final Map<String, Object> pending = new ConcurrentHashMap<>();

    /** Keeps the three in step when they change; never held while anything is decoded, encoded, sent or awaited. */
    private final ReentrantLock changing = new ReentrantLock();

    private volatile SessionRecord record;

    /** Whether a value was set that wants to hear of its unbinding. */
    private volatile boolean hearsUnbinding;

    /** The session has ended and takes no more values; guarded by the lock. */
    private boolean closed;

    /**
     * What became of a value that was set.
     *
     * @param bound as it is to be watched
     * @param before what was there, if it is live or somebody wants to hear of it
     */
    record Change(LiveValue bound, @Nullable LiveValue before) {}

    Attributes(AttributeCoding coding, SessionRecord record) {
        this.coding = coding;
        this.record = record;
    }

    SessionRecord record() {
        return record;
    }

    /** The attribute as the application may have it; {@code null} if there is none, or none that can be read. */
    @Nullable
    LiveValue find(String name, SessionUse session) {
        while (true) {
            LiveValue known = live.get(name);
            if (known != null) {
                return known.isUnreadable() ? null : known;
            }
            Segment segment = storedForm(name);
            if (segment == null) {
                return null;
            }
            Object value = coding.decode(name, segment, session);
            Branch branch = coding.isMerged(name) ? new Branch(segment) : null;
            showDecoded(name, new LiveValue(value, coding.isMutable(value), segment, branch));
        }
    }

    /**
     * To be called when {@link #find} has found none.
     *
     * @throws UnreadableAttributeException if there is one that cannot be read, and asking for such is to fail
     */
    void failIfUnreadable(String name) {
        LiveValue known = coding.failsUnreadable() ? live.get(name) : null;
        if (known != null && known.isUnreadable()) {
            throw new UnreadableAttributeException(
                    "session attribute \"" + name + "\" cannot be read by this app node; the log says"
                            + " why. Set or remove it, or let it read as null with unreadableAttribute=hide");
        }
    }

    boolean holds(String name, Object value) {
        LiveValue known = live.get(name);
        return known != null && known.value == value;
    }

    private @Nullable Segment storedForm(String name) {
        SessionRecord newest = record;
        return isRemoved(pending.get(name), newest) ? null : newest.find(name);
    }

    /** Whether a pending change removes the attribute from a record. */
    private static boolean isRemoved(@Nullable Object change, SessionRecord record) {
        return change instanceof Removal removal && !removal.carriers.haveLedTo(record);
    }

    /** Unless it is of yesterday by now: who has seen a newer record must not be given the value of an older one. */
    private void showDecoded(String name, LiveValue decoded) {
        changing.lock();
        try {
            Segment newest = storedForm(name);
            if (newest != null && decoded.isStoredAs(newest)) {
                live.putIfAbsent(name, decoded);
            }
        } finally {
            changing.unlock();
        }
    }

    /**
     * Binds a value.
     *
     * @param seen of what the request got of the attribute before; {@code null}: of nothing
     * @return {@code null}: the session has ended, and takes no more
     * @throws IllegalArgumentException in development mode, if it cannot be stored; then nothing has changed
     */
    @Nullable
    Change set(String name, Object value, SessionUse session, @Nullable Branch seen) {
        coding.check(name, value, session);
        boolean mutable = coding.isMutable(value);
        while (true) {
            changing.lock();
            try {
                if (closed) {
                    return null;
                }
                if (!mustDecode(name)) {
                    return set(name, value, mutable, seen);
                }
            } finally {
                changing.unlock();
            }
            find(name, session);
        }
    }

    private Change set(String name, Object value, boolean mutable, @Nullable Branch seen) {
        LiveValue known = live.get(name);
        LiveValue bound = known != null && known.value == value
                ? known
                : new LiveValue(value, mutable, null, branch(name, known, seen));
        if (coding.isStored(name)) {
            pending.put(name, bound);
        }
        if (coding.observer().hearsUnbinding(value)) {
            hearsUnbinding = true;
        }
        show(name, bound);
        return new Change(bound, readable(known));
    }

    /**
     * Removes an attribute.
     *
     * @param seen of what the request got of the attribute before; {@code null}: of nothing
     * @return what was there, if it is live or somebody wants to hear of it
     */
    @Nullable
    LiveValue remove(String name, SessionUse session, @Nullable Branch seen) {
        while (true) {
            changing.lock();
            try {
                if (!mustDecode(name)) {
                    return remove(name, seen);
                }
            } finally {
                changing.unlock();
            }
            find(name, session);
        }
    }

    private @Nullable LiveValue remove(String name, @Nullable Branch seen) {
        LiveValue before = live.get(name);
        if (coding.isStored(name) && (before != null || record.find(name) != null)) {
            pending.put(name, new Removal(branch(name, before, seen)));
        }
        if (before != null) {
            before.replaced = true;
            live.remove(name);
        }
        return readable(before);
    }

    /** From where a change of an attribute that has a merger goes on; {@code null}: it has none. */
    private @Nullable Branch branch(String name, @Nullable LiveValue known, @Nullable Branch seen) {
        if (!coding.isMerged(name)) {
            return null;
        }
        if (pending.get(name) instanceof Removal removal && removal.branch != null) {
            return removal.branch;
        }
        if (seen != null) { // what is live may be what another request has read of another app node since
            return seen;
        }
        return known != null && known.branch != null ? known.branch : new Branch(record.find(name));
    }

    private static @Nullable LiveValue readable(@Nullable LiveValue value) {
        return value == null || value.isUnreadable() ? null : value;
    }

    /** Whether what is stored under a name is about to be replaced or removed, nobody has decoded it yet, and somebody wants to hear of it. */
    private boolean mustDecode(String name) {
        boolean all = coding.observer().observesAttributes();
        if ((!all && !record.hearsUnbinding()) || live.containsKey(name)) {
            return false;
        }
        Segment stored = storedForm(name);
        return stored != null && (all || stored.hearsUnbinding());
    }

    /** Whether a value wants, or may want, to hear of its unbinding. */
    boolean hearUnbinding() {
        return hearsUnbinding || record.hearsUnbinding();
    }

    /** The session takes no more values from now on. */
    void close() {
        changing.lock();
        try {
            closed = true;
        } finally {
            changing.unlock();
        }
    }

    private void show(String name, LiveValue value) {
        LiveValue before = live.put(name, value);
        if (before != null && before != value) {
            before.replaced = true;
        }
    }

    /** All at one moment: who walks through a record, the changes over it and the live values one after the other meets removed ones again. */
    List<String> names() {
        changing.lock();
        try {
            Set<String> names = new LinkedHashSet<>(record.attributeNames());
            for (Map.Entry<String, Object> change : pending.entrySet()) {
                if (isRemoved(change.getValue(), record)) {
                    names.remove(change.getKey());
                }
            }
            for (Map.Entry<String, LiveValue> value : live.entrySet()) {
                if (value.getValue().isUnreadable() && !coding.failsUnreadable()) {
                    names.remove(value.getKey());
                } else {
                    names.add(value.getKey());
                }
            }
            return new ArrayList<>(names);
        } finally {
            changing.unlock();
        }
    }

    /**
     * The values that may have changed in place as far as is known.
     *
     * @param handedOut what a request was handed, by name
     */
    Map<String, LiveValue> mayHaveChanged(Map<String, LiveValue> handedOut) {
        if (!coding.comparesAll()) {
            return handedOut;
        }
        Map<String, LiveValue> all = new HashMap<>(live);
        all.values().removeIf(value -> !value.mutable);
        all.putAll(handedOut);
        return all;
    }

    /** Whether there is an attribute that is not stored, and lives on this app node only. */
    boolean hasUnstored() {
        return live.keySet().stream().anyMatch(name -> !coding.isStored(name));
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** Whether a change is not acknowledged yet. */
    boolean isPending(String name, Object change) {
        return pending.get(name) == change;
    }

    /** The change of an attribute that is not acknowledged yet; {@code null}: none. */
    @Nullable
    Object pending(String name) {
        return pending.get(name);
    }

    /** The changes that are not acknowledged yet: a snapshot. */
    Map<String, Object> pending() {
        return new HashMap<>(pending); // not Map.copyOf: its order is another one in each JVM
    }

    /** Notes a value that was changed in place and could not be stored, so that any later commit stores it. */
    void keepPending(String name, LiveValue value) {
        changing.lock();
        try {
            if (!value.replaced && pending.putIfAbsent(name, value) == null) {
                live.put(name, value);
            }
        } finally {
            changing.unlock();
        }
    }

    /** What an unchanged value is written as: of interest only as long as nothing else of it was stored. */
    void foundOut(LiveValue value, Segment stored, @Nullable Segment unchanged) {
        changing.lock();
        try {
            if (value.stored == stored) {
                value.unchanged = unchanged;
                value.asRead = false;
            }
        } finally {
            changing.unlock();
        }
    }

    /** A commit is about to send a value in this form. Who reads it back before the commit is answered shall know whose it is. */
    void sending(LiveValue value, Segment form, CommitAttempt attempt) {
        changing.lock();
        try {
            List<LiveValue.Sent> forms = new ArrayList<>(value.sending);
            forms.add(value.sent(attempt, form));
            value.sending = List.copyOf(forms);
            if (value.branch != null) {
                value.branch.sending(attempt, form);
            }
        } finally {
            changing.unlock();
        }
    }

    /** A commit is about to send a removal. */
    void sending(Removal removal, CommitAttempt attempt) {
        if (removal.branch != null) {
            changing.lock();
            try {
                removal.branch.sending(attempt, null);
            } finally {
                changing.unlock();
            }
        }
    }

    /** A record contains what was sent of a value: who was handed it and commits later need not send it again. */
    void arrived(LiveValue value, LiveValue.Sent form) {
        changing.lock();
        try {
            value.arrived(form);
        } finally {
            changing.unlock();
        }
    }

    /** The commit that was to send a value in this form is over. */
    void sent(LiveValue value, Segment form, PendingCommit commit) {
        changing.lock();
        try {
            if (value.branch != null) {
                value.branch.over(commit);
            }
            value.sending =
                    value.sending.stream().filter(other -> other.form() != form).toList();
        } finally {
            changing.unlock();
        }
    }

    /**
     * Takes over a record that is known to be stored. Values whose stored form is another now are dropped, to be decoded anew; all others
     * stay the same instances.
     *
     * @param stored the newest record that this app node knows
     * @param acknowledged what a commit has stored; {@code null}: nothing, it was read
     * @param by the record that the commit has stored, that one or an earlier one
     */
    void adopt(SessionRecord stored, @Nullable PendingCommit acknowledged, SessionRecord by) {
        changing.lock();
        try {
            if (acknowledged == null && record == stored) {
                return;
            }
            record = stored;
            if (acknowledged != null) {
                acknowledged.included().forEach((name, change) -> acknowledge(name, change, by));
                acknowledged.encoded().forEach((name, encoded) -> acknowledge(name, encoded, by));
            }
            live.forEach(this::reconcile);
        } finally {
            changing.unlock();
        }
    }

    private void acknowledge(String name, Object change, SessionRecord by) {
        pending.remove(name, change);
        if (change instanceof Removal removal && removal.branch != null) {
            removal.branch.stored(by);
        }
    }

    private void acknowledge(String name, PendingCommit.Encoded encoded, SessionRecord by) {
        LiveValue value = encoded.value();
        Segment form = encoded.segment();
        Segment current = record.find(name);
        boolean isCurrent = current != null && current.sameAs(form);
        if (value.branch != null) {
            value.branch.stored(by);
            value.arrived(form); // what is current may have been merged, and be equal to another state by chance
        } else if (isCurrent || current == null || !value.isStoredAs(current)) {
            value.storedAs(form);
        }
        if (isCurrent && !value.replaced && !pending.containsKey(name)) {
            live.put(name, value);
        }
    }

    private void reconcile(String name, LiveValue value) {
        // A pending change counts until a record contains it, though the answer to its commit is still to come: what
        // that record has may be a
        // later change.
        boolean waits = pending.containsKey(name) && !value.isIn(record);
        if (waits || !coding.isStored(name)) {
            return;
        }
        Segment current = record.find(name);
        if (current != null && value.isStoredAs(current) && isOnBranch(value, current)) {
            value.stored = current; // not an equal one of the record before, so that that one can be collected
        } else {
            live.remove(name, value);
        }
    }

    /** Whether what is stored of an attribute that has a merger is the state of this value, and not equal to one of its states by chance. */
    private boolean isOnBranch(LiveValue value, Segment current) {
        if (value.branch == null) {
            return true;
        }
        value.branch.stored(record);
        Segment contained = value.branch.containedIn(record);
        if (contained == null || !contained.sameAs(current)) {
            return false;
        }
        value.branch.stored(current);
        return true;
    }
}
