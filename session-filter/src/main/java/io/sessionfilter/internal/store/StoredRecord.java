package io.sessionfilter.internal.store;

import io.sessionfilter.internal.record.SessionRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as this app node knows it to be stored. Immutable.
 *
 * @param record its content
 * @param stamp by which its copies are recognized
 * @param token for replacing the copy; {@code null}: the store has lost its copy, and this app node may put it back
 * @param validatedNanos when the store last confirmed it, on the monotonic clock: the moment that it was asked
 */
public record StoredRecord(
        SessionRecord record, int stamp, @Nullable CasToken token, long validatedNanos) {
    /** Whether the store has lost its copy. */
    public boolean isLost() {
        return token == null;
    }

    /** The same, of which the store has lost its copy. */
    public StoredRecord lost() {
        return new StoredRecord(record, stamp, null, validatedNanos);
    }

    /** Whether this is a later state than another of the same session (PROTOCOL.md section 1, order of records). */
    public boolean isNewerThan(StoredRecord other) {
        int order = Long.compare(record.revision(), other.record.revision());
        return order > 0 || (order == 0 && stamp > other.stamp);
    }
}
