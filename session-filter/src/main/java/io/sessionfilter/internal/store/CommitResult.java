package io.sessionfilter.internal.store;

/** What became of a commit. */
public sealed interface CommitResult {
    /**
     * Acknowledged.
     *
     * @param stored the session's current state, with this commit's changes, and perhaps those of others
     */
    record Stored(StoredRecord stored) implements CommitResult {}

    /** The session has ended meanwhile. Nothing was written. */
    record Ended() implements CommitResult {}

    /**
     * Not acknowledged; it may have been stored all the same, or be stored later: repeating it does no harm.
     *
     * @param cause a {@link NodeException}, or what is wrong with the bytes that are there
     * @param unanswered the revision that an unanswered write was to follow, 0 for a first one; {@link #NONE}: there was none. It cannot happen any
     *     more once the store has a later revision.
     */
    record Failed(Exception cause, long unanswered) implements CommitResult {
        public static final long NONE = -1;

        /** Whether a memcached node would not take so large an item: it is as good as ever, and so is what it has. */
        public boolean isTooLarge() {
            return cause instanceof NodeException refusal && refusal.kind() == NodeException.Kind.TOO_LARGE;
        }
    }
}
