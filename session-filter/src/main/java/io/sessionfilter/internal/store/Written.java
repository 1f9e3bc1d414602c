package io.sessionfilter.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * A memcached node's answer to a write.
 *
 * @param outcome what happened
 * @param token of the item now stored; not {@code null} if and only if the outcome is {@link Outcome#STORED}
 */
public record Written(Outcome outcome, @Nullable CasToken token) {
    /** What a write did. */
    public enum Outcome {
        /** HD: stored. */
        STORED,
        /** EX, or the token is of an earlier connection: somebody else's copy is there, or may be. Nothing was written. */
        EXISTS,
        /** NF: a compare-and-set found no item. Nothing was written. */
        NOT_FOUND,
        /** NS: an add found an item. Nothing was written. */
        NOT_STORED
    }
}
