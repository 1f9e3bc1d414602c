package io.sessionfilter.internal.store;

import org.jspecify.annotations.Nullable;

/** What the store says of a session. Absent, and not to be asked, are different answers. */
public sealed interface OpenResult {
    /**
     * The session is there; the time to live of its copy is renewed.
     *
     * @param stored its current state: with the record that was already known, the same instance, if that is still current
     * @param idleSeconds how long ago it was last used, as far as the store can tell; 0 if it was not asked
     */
    record Found(StoredRecord stored, long idleSeconds) implements OpenResult {}

    /**
     * The session has ended: there is a tombstone.
     *
     * @param endedHere whether this call has ended it, when read because it had expired: at most one app node is told so
     * @param last what it was, if this call has ended it as expired: its listeners may want to see that; else {@code null}
     */
    record Ended(boolean endedHere, @Nullable StoredRecord last) implements OpenResult {
        Ended(boolean endedHere) {
            this(endedHere, null);
        }
    }

    /** Enough memcached nodes have answered that they have none: one of its copies would have been among them. */
    record Missing() implements OpenResult {}

    /**
     * Nobody knows.
     *
     * @param cause a {@link NodeException}, or what is wrong with the bytes
     */
    record Unreadable(Exception cause) implements OpenResult {}
}
