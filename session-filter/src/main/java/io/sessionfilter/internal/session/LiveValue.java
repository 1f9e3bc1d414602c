package io.sessionfilter.internal.session;

import io.sessionfilter.internal.record.Segment;
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

    /** The application has put something else in its place, or removed it: what happens to it now is of no interest. */
    volatile boolean replaced;

    LiveValue(Object value, boolean mutable, @Nullable Segment stored) {
        this.value = value;
        this.mutable = mutable;
        this.stored = stored;
    }

    boolean isUnreadable() {
        return value == UNREADABLE;
    }
}
