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
     */
    record Failed(Exception cause) implements CommitResult {}
}
