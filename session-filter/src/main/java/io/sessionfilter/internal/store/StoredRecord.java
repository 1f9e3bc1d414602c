package io.sessionfilter.internal.store;

import io.sessionfilter.internal.record.SessionRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as this app node knows it to be stored: nothing but what a memcached node has answered or acknowledged. Immutable.
 *
 * @param record its content
 * @param stamp by which its copies are recognized
 * @param tokens for replacing its copies, by memcached node; empty: the store has no copy of it (any more), and this app node may put it back
 * @param validatedNanos when the store last confirmed it, on the monotonic clock: the moment that it was asked
 */
public record StoredRecord(SessionRecord record, int stamp, Map<NodeId, CasToken> tokens, long validatedNanos) {
    public StoredRecord {
        tokens = Map.copyOf(tokens);
    }

    /** For replacing the copy on a node; {@code null}: that has none, as far as is known here. */
    @Nullable
    CasToken token(MemcachedNode node) {
        return tokens.get(node.id());
    }

    /** Whether the store has lost its copies. */
    public boolean isLost() {
        return tokens.isEmpty();
    }

    /** The same, of which the store has lost its copies. */
    public StoredRecord lost() {
        return new StoredRecord(record, stamp, Map.of(), validatedNanos);
    }

    /** Whether this is a later state than another of the same session. */
    public boolean isNewerThan(StoredRecord other) {
        return isNewer(record, stamp, other.record, other.stamp);
    }

    /** The order of records (PROTOCOL.md section 1); that a tombstone is above all is in its revision. */
    static boolean isNewer(SessionRecord one, int oneStamp, SessionRecord other, int otherStamp) {
        int order = Long.compare(one.revision(), other.revision());
        return order > 0 || (order == 0 && oneStamp > otherStamp);
    }
}
