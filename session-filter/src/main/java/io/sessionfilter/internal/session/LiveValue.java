package io.sessionfilter.internal.session;

import io.sessionfilter.internal.record.Segment;
import io.sessionfilter.internal.record.SessionRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attribute's value as the application has it, and what is known of its stored form. Compared by identity. */
final class LiveValue {
    /** Stands for a value that cannot be decoded: hidden from the application, its bytes left as they are. */
    static final Object UNREADABLE = new Object();

    final Object value;

    /** Whether it can change in place, and so must be compared with its stored form after it was handed out. */
    final boolean mutable;

    /** Of an attribute that has a merger; else {@code null}. */
    final @Nullable Branch branch;

    /** What is stored of it; {@code null}: nothing yet. Written under the lock of {@link Attributes}. */
    volatile @Nullable Segment stored;

    /**
     * What an unchanged value is written as, when that is not what was read: a hash map writes its capacity, and has another one once it was
     * read. {@code null}: not known to differ. Means nothing once {@link #stored} is what this instance was written as.
     */
    volatile @Nullable Segment unchanged;

    /** Whether {@link #stored} is what the value was read from, and it was not found out yet what it is written as. */
    volatile boolean asRead;

    /** As what commits under way have sent it: one of these may be stored already. Written under the lock of {@link Attributes}. */
    volatile List<Sent> sending = List.of();

    /** The application has put something else in its place, or removed it: what happens to it now is of no interest. */
    volatile boolean replaced;

    /**
     * What a try of a commit sends of a value.
     *
     * @param number in the order of sending
     */
    record Sent(CommitAttempt attempt, Segment form, int number) {}

    /** How many forms were sent so far. Under the lock of {@link Attributes}. */
    private int sends;

    /** The number of the form that was last acknowledged: what was sent before it can be stored no more. Written under the lock of {@link Attributes}. */
    private volatile int settled;

    LiveValue(Object value, boolean mutable, @Nullable Segment stored, @Nullable Branch branch) {
        this.value = value;
        this.mutable = mutable;
        this.branch = branch;
        this.stored = stored;
        this.asRead = stored != null;
    }

    /** A try of a commit is about to send a form. Under the lock of {@link Attributes}. */
    Sent sent(CommitAttempt attempt, Segment form) {
        sends++;
        return new Sent(attempt, form, sends);
    }

    /** Whether another commit than the given one has another form than the given one under way, which may be stored after what is stored now. */
    boolean mayBecomeOtherThan(Segment form, PendingCommit commit) {
        for (Sent sent : sending) {
            if (sent.number() > settled
                    && !sent.attempt().isOf(commit)
                    && !sent.form().sameAs(form)) {
                return true;
            }
        }
        return false;
    }

    /** A commit has stored this form of this instance. Under the lock of {@link Attributes}. */
    void storedAs(Segment form) {
        for (Sent sent : sending) {
            if (sent.form() == form) {
                settled = Math.max(settled, sent.number());
            }
        }
        becameStored(form);
    }

    /** A commit has stored this form of this instance, unless another one has stored a later one since. Under the lock of {@link Attributes}. */
    void arrived(Segment form) {
        for (Sent sent : sending) {
            if (sent.form() == form) {
                arrived(sent);
            }
        }
    }

    /** A record was found to contain what was sent here, whatever has replaced it since. Under the lock of {@link Attributes}. */
    void arrived(Sent sent) {
        if (sent.number() > settled) {
            settled = sent.number();
            becameStored(sent.form());
        }
    }

    private void becameStored(Segment form) {
        stored = form;
        asRead = false;
        unchanged = null;
    }

    /** Whether a stored form is this value's: known to be, or sent by a commit whose answer is still to come. */
    boolean isStoredAs(Segment segment) {
        Segment known = stored;
        if (known != null && known.sameAs(segment)) {
            return true;
        }
        for (Sent sent : sending) {
            if (sent.form().sameAs(segment)) {
                return true;
            }
        }
        return false;
    }

    /** By which try a commit under way has brought this form of the value into a record, see {@link Carriers}; {@code null}: by none. */
    @Nullable
    Sent findIn(SessionRecord record, Segment form) {
        for (Sent sent : sending) {
            if (sent.attempt().hasLedTo(record) && sent.form().sameAs(form)) {
                return sent;
            }
        }
        return null;
    }

    /** Whether a commit under way has brought some form of the value into a record. */
    boolean isIn(SessionRecord record) {
        for (Sent sent : sending) {
            if (sent.attempt().hasLedTo(record)) {
                return true;
            }
        }
        return false;
    }

    boolean isUnreadable() {
        return value == UNREADABLE;
    }
}
