package io.sessionfilter.internal.session;

import io.sessionfilter.internal.record.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attribute's value as the application has it, and what is known of its stored form. Compared by identity. */
final class LiveValue {
    /** Stands for a value that cannot be decoded: hidden from the application, its bytes left as they are. */
    static final Object UNREADABLE = new Object();

    final Object value;

    /** Whether it can change in place, and so must be compared with its stored form after it was handed out. */
    final boolean mutable;

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
    volatile List<Segment> sending = List.of();

    /** The application has put something else in its place, or removed it: what happens to it now is of no interest. */
    volatile boolean replaced;

    LiveValue(Object value, boolean mutable, @Nullable Segment stored) {
        this.value = value;
        this.mutable = mutable;
        this.stored = stored;
        this.asRead = stored != null;
    }

    /** A commit has stored this form of this instance. Under the lock of {@link Attributes}. */
    void storedAs(Segment form) {
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
        for (Segment sent : sending) {
            if (sent.sameAs(segment)) {
                return true;
            }
        }
        return false;
    }

    boolean isUnreadable() {
        return value == UNREADABLE;
    }
}
