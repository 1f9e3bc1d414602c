package io.sessionfilter.internal.session;

import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.internal.record.RecordContent;
import io.sessionfilter.internal.record.Segment;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.store.RecordChange;
import io.sessionfilter.internal.store.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One commit under way: which attributes may have changed, and what is made of them. Used by one thread.
 *
 * <p>Values are encoded anew for each record that the commit is tried on: another request of this app node may have stored a newer state of
 * the same live value in between, and the state encoded first must not overwrite it.
 */
final class PendingCommit implements RecordChange {
    /** A value and what was last made of it. */
    record Encoded(LiveValue value, Segment segment) {}

    /** Why nothing could be made of a value. */
    record Unwritable(String className, AttributeCodecException cause) {}

    private final Session session;
    private final SessionUse use;
    private final AttributeCoding coding;
    private final Map<String, LiveValue> handedOut;
    private final long now;

    private Map<String, Object> included = Map.of();
    private final Map<String, Encoded> encoded = new HashMap<>();
    private final Map<String, Unwritable> unwritable = new HashMap<>();
    private final ForeignChanges foreignChanges = new ForeignChanges();

    /** What all tries have sent so far: any of it may be stored. */
    private final List<Encoded> sent = new ArrayList<>();

    /**
     * What need not be sent, since the record contains it.
     *
     * @param form as it was sent, by an earlier try or by another commit
     */
    private record Arrived(LiveValue value, LiveValue.Sent form) {}

    private final List<Arrived> arrived = new ArrayList<>();

    /** The names of pending changes that the record contains, and that may have been replaced there since. */
    private final Set<String> settled = new HashSet<>();

    /**
     * A change other than of a value, which a try carries.
     *
     * @param by who knows so
     */
    private record Carried(Carriers by, CommitAttempt attempt) {}

    private final List<Carried> carried = new ArrayList<>();

    private CommitAttempt attempt = new CommitAttempt(this);
    private long commitId;

    private boolean contested;

    private Session.@Nullable NewTimeout newTimeout;
    private @Nullable SessionRecord origin;
    private @Nullable SessionRecord preparedFor;
    private @Nullable RecordContent prepared;

    /**
     * @param use of the session, for values that are told of their passivation
     * @param handedOut by name, what the request was handed and might have changed in place
     * @param now in milliseconds since 1970
     */
    PendingCommit(Session session, SessionUse use, AttributeCoding coding, Map<String, LiveValue> handedOut, long now) {
        this.session = session;
        this.use = use;
        this.coding = coding;
        this.handedOut = handedOut;
        this.now = now;
    }

    /** The commit stores the session under a new key: a copy of this, with what has changed since. */
    PendingCommit copying(SessionRecord from) {
        origin = from;
        return this;
    }

    @Override
    public StoredRecord newest(String key, StoredRecord known) {
        Session.Place place = session.place();
        StoredRecord stored = place.stored();
        return stored != null && place.key().equals(key) && stored.isNewerThan(known) ? stored : known;
    }

    @Override
    public @Nullable SessionRecord origin() {
        return origin;
    }

    /** Whether anything differs from a record. What was encoded to find out serves the first try of the commit. */
    boolean differsFrom(SessionRecord known) {
        prepared = contentOver(known);
        preparedFor = known;
        return prepared != null;
    }

    /** The pending changes that were last taken into account. */
    Map<String, Object> included() {
        return included;
    }

    /** The timeout that was last taken into account. */
    Session.@Nullable NewTimeout newTimeout() {
        return newTimeout;
    }

    /** What was last encoded, by name. */
    Map<String, Encoded> encoded() {
        return encoded;
    }

    /** About how many bytes this commit adds to the session. */
    int size() {
        long size = 0;
        for (Map.Entry<String, Encoded> change : encoded.entrySet()) {
            size += change.getKey().length() + change.getValue().segment().valueLength();
        }
        return (int) Math.min(Integer.MAX_VALUE / 4, size);
    }

    /** What could not be encoded and stays on this app node only, by name. */
    Map<String, Unwritable> unwritable() {
        return unwritable;
    }

    /** What it met of others. */
    ForeignChanges foreignChanges() {
        return foreignChanges;
    }

    /** The commit is over, whatever came of it: to be called once its outcome was taken over. */
    void finish() {
        arrived.forEach(found -> session.attributes().arrived(found.value(), found.form()));
        arrived.clear();
        sent.forEach(form -> session.attributes().sent(form.value(), form.segment(), this));
        sent.clear();
        encoded.clear();
        carried.forEach(change -> change.by().remove(change.attempt()));
        carried.clear();
    }

    @Override
    public void begins(long id) {
        commitId = id;
    }

    @Override
    public long created() {
        return session.created();
    }

    @Override
    public @Nullable RecordContent over(@Nullable SessionRecord current) {
        if (current == null || current != preparedFor) {
            prepared = contentOver(current);
        }
        preparedFor = null;
        attempt.begin(commitId);
        return prepared;
    }

    private @Nullable RecordContent contentOver(@Nullable SessionRecord current) {
        attempt = new CommitAttempt(this);
        encoded.clear();
        arrived.clear();
        settled.clear();
        unwritable.clear();
        foreignChanges.clear();
        Map<String, @Nullable Segment> changes = new HashMap<>();
        // Pending changes first: what is acknowledged in between is in the record that is read then.
        Map<String, Object> waiting = session.attributes().pending();
        SessionRecord last = session.attributes().record();
        SessionRecord base = current == null ? SessionRecord.NOTHING : current;
        if (current == null) {
            for (String name : last.attributeNames()) {
                changes.put(name, last.find(name));
            }
        }
        Map<String, Object> written = new HashMap<>();
        waiting.forEach((name, change) -> includeLatest(name, change, base, changes, written));
        for (Map.Entry<String, LiveValue> entry : handedOut.entrySet()) {
            // A parallel request may have put something in its place since: what this one has changed goes with that.
            Object instead = entry.getValue().replaced ? session.attributes().pending(entry.getKey()) : null;
            if (instead != null && waiting.putIfAbsent(entry.getKey(), instead) == null) {
                includeLatest(entry.getKey(), instead, base, changes, written);
            }
        }
        included = written;
        newTimeout = session.newTimeout();
        // Whoever changes something after others have sent it knows of it, and must be stored after it.
        contested = (!written.isEmpty() || newTimeout != null) && session.committing.get() > 1;
        for (Map.Entry<String, LiveValue> entry : handedOut.entrySet()) {
            if (!isCovered(entry.getKey(), entry.getValue(), waiting)) {
                encodeIfChanged(entry.getKey(), entry.getValue(), base, changes);
            }
        }
        int timeout = latestTimeout(base, (current == null ? last : current).maxInactiveInterval());
        return current != null
                        && changes.isEmpty()
                        && timeout == current.maxInactiveInterval()
                        && !contested
                        && !session.mayHaveChangedSince(current)
                ? null
                : new RecordContent(changes, timeout, now);
    }

    /**
     * Includes a pending change; or, if a parallel request has put another one in its place since, that one. Who made the first relies on this
     * commit, and it is no more to be had.
     */
    private void includeLatest(
            String name,
            Object waiting,
            SessionRecord base,
            Map<String, @Nullable Segment> changes,
            Map<String, Object> written) {
        Object change = waiting;
        include(name, change, base, changes, written);
        Object latest = session.attributes().pending(name);
        while (latest != null && latest != change && settled.remove(name)) {
            change = latest;
            include(name, change, base, changes, written);
            latest = session.attributes().pending(name);
        }
    }

    private int latestTimeout(SessionRecord base, int stored) {
        Session.NewTimeout change = newTimeout;
        while (change != null) {
            newTimeout = change;
            boolean isNew = carry(change.carriers, base);
            Session.NewTimeout latest = session.newTimeout();
            if (latest == change) {
                return isNew ? change.seconds : stored;
            }
            change = latest;
        }
        return stored;
    }

    private void include(
            String name,
            Object change,
            SessionRecord base,
            Map<String, @Nullable Segment> changes,
            Map<String, Object> written) {
        written.put(name, change);
        if (change instanceof LiveValue value) {
            if (!encode(name, value, false, base, changes)) {
                written.remove(name);
            }
        } else if (carry(((Attributes.Removal) change).carriers, base)
                && session.attributes().isPending(name, change)) {
            session.attributes().sending((Attributes.Removal) change, attempt);
            remove(name, base, changes);
        } else {
            settled.add(name);
        }
    }

    /** Whether a pending change says what is to be stored under the name: what was handed out has been replaced by it, or is its own value. */
    private boolean isCovered(String name, LiveValue handedOut, Map<String, Object> waiting) {
        Object change = waiting.get(name);
        return change == handedOut || (change != null && !settled.contains(name));
    }

    /** Carries a change; {@code false}: that need not be, another commit has brought it into the record. */
    private boolean carry(Carriers carriers, SessionRecord base) {
        boolean isIn = carriers.haveLedTo(base);
        carriers.add(attempt);
        carried.add(new Carried(carriers, attempt));
        return !isIn;
    }

    private static void remove(String name, SessionRecord base, Map<String, @Nullable Segment> changes) {
        if (base.find(name) == null) {
            changes.remove(name);
        } else {
            changes.put(name, null);
        }
    }

    private void encodeIfChanged(
            String name, LiveValue value, SessionRecord base, Map<String, @Nullable Segment> changes) {
        Segment stored = value.stored;
        if (!value.mutable || value.replaced || stored == null || !coding.isStored(name)) {
            return;
        }
        encode(name, value, true, base, changes);
    }

    /** Whether nothing is left to be stored of a value that waits no more: another commit has stored it meanwhile, but it may have changed in place since. */
    private boolean isSettled(LiveValue value, Segment now) {
        Segment stored = value.stored;
        return value.replaced || stored == null || isUnchanged(value, stored, now);
    }

    /**
     * Whether a value is as it was stored. A value that was read may be written otherwise though nobody has changed it; taken for a change, that
     * would undo foreign ones. What it is written as is found out once, when it first differs.
     */
    private boolean isUnchanged(LiveValue value, Segment stored, Segment now) {
        if (value.mayBecomeOtherThan(now, this)) {
            contested = true;
            return false;
        }
        if (stored.sameAs(now)) {
            return true;
        }
        Segment unchanged = value.unchanged;
        if (value.asRead) {
            unchanged = coding.encodeAsRead(stored);
            session.attributes().foundOut(value, stored, unchanged);
        }
        return unchanged != null && unchanged.sameAs(now);
    }

    private boolean encode(
            String name,
            LiveValue value,
            boolean onlyHandedOut,
            SessionRecord base,
            Map<String, @Nullable Segment> changes) {
        Segment segment;
        try {
            segment = coding.encode(value.value, use);
        } catch (AttributeCodecException e) {
            unwritable.put(name, new Unwritable(value.value.getClass().getName(), e));
            return false;
        }
        Segment stored = value.stored;
        if (onlyHandedOut && stored != null && isUnchanged(value, stored, segment)) {
            return true;
        }
        // What another commit has stored is in the base by now, or else in a later record, on which this try founders:
        // looked at last, since that commit is forgotten once its outcome was taken over.
        LiveValue.Sent found =
                value.branch == null || isContained(value.branch, base, segment) ? value.findIn(base, segment) : null;
        if (found != null && origin == null) {
            arrived.add(new Arrived(value, found));
            settled.add(name);
            return true;
        }
        if (found != null) { // a copy under a new key counts only once the old one has ended
            encoded.put(name, new Encoded(value, found.form()));
            return true;
        }
        if (!onlyHandedOut && !session.attributes().isPending(name, value) && isSettled(value, segment)) {
            settled.add(name);
            return true;
        }
        Segment there = base.find(name);
        Segment last = session.attributes().record().find(name);
        Segment toStore = value.branch == null
                ? foreignChanges.overwrite(segment, there, last)
                : foreignChanges.merge(name, value.branch.containedIn(base), segment, there, coding.merging());
        Encoded form = new Encoded(value, segment);
        encoded.put(name, form);
        sent.add(form);
        session.attributes().sending(value, segment, attempt);
        if (there == null || !there.sameAs(toStore)) {
            changes.put(name, toStore);
        }
        return true;
    }

    private static boolean isContained(Branch branch, SessionRecord base, Segment form) {
        Segment contained = branch.containedIn(base);
        return contained != null && contained.sameAs(form);
    }
}
