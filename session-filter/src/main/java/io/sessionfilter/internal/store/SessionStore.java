package io.sessionfilter.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * Where the sessions of one web application are kept: memcached, seen from the heart. PROTOCOL.md tells how; the result types tell what can
 * come of it. No method throws for a store that fails, since every caller must say what happens then. Each blocks for a few operation
 * timeouts at most. Safe for use by many threads.
 */
public interface SessionStore extends AutoCloseable {
    /** A fresh session key that nobody can guess. */
    String newKey();

    /** The memcached node that serves as the session's first one at this moment; no I/O. */
    NodeId nodeOf(String key);

    /** Whether any memcached node on which the session may live is believed to be reachable at this moment; no I/O. */
    boolean isReachable(String key);

    /**
     * Reads a session and renews its life (PROTOCOL.md section 2).
     *
     * @param known what the near-cache has; {@code null}: nothing
     * @param idleHereNanos how long ago the session was last used on this app node; without meaning when nothing is known
     */
    OpenResult open(String key, @Nullable StoredRecord known, long idleHereNanos);

    /**
     * Makes a change durable (PROTOCOL.md section 3), on top of whatever others have committed meanwhile.
     *
     * @param known the state that this app node knows; {@code null}: the session was never stored, as far as this app node knows
     */
    CommitResult commit(String key, @Nullable StoredRecord known, RecordChange change);

    /**
     * Ends a key whatever there is under it. To a memcached node that cannot be reached the tombstone is owed, and written when it can.
     *
     * @param timeoutSeconds the session's timeout, from which the tombstone's life follows
     */
    void end(String key, int timeoutSeconds);

    /**
     * Ends a session (PROTOCOL.md section 4), also if another app node has just given it a new key, or is about to. To a memcached node that
     * cannot be reached the tombstone is owed.
     *
     * @param known what the near-cache has
     */
    void endSession(String key, @Nullable StoredRecord known, int timeoutSeconds);

    /** Begins to end a key whose session goes on under a new one; does no I/O yet. */
    Retirement retire(String key);

    /** The end of a key whose session goes on under a new one. For one thread. */
    interface Retirement {
        /**
         * Ends the key if nothing is stored under it but what was copied. If no memcached node can be reached nothing is owed.
         *
         * @param copied what the session under the new key was made of
         * @return {@link OpenResult.Ended}, {@code true}: by this call, {@code false}: the session had ended before; {@link OpenResult.Found}: somebody has
         *     stored something else, which is to be copied before this is called again: the key may be half ended by now; {@link OpenResult.Unreadable}:
         *     nobody knows
         */
        OpenResult end(StoredRecord copied, String newKey);
    }

    /**
     * Ends a session if nobody uses it any more (PROTOCOL.md section 6, the reaper). Renews nothing, and ends nothing while one of its copies
     * cannot be asked.
     *
     * @param stamp of its record when this app node used it last
     * @param idleHereNanos how long ago that was
     * @return {@link OpenResult.Ended}, {@code true}: by this call, and by no other on any app node; {@link OpenResult.Found}: it has not
     *     expired as far as the store can tell
     */
    OpenResult expireIfIdle(String key, int stamp, long idleHereNanos);

    /**
     * Makes the copies of a session complete and equal (PROTOCOL.md section 5), for one that this app node has in its near-cache.
     *
     * @param idleHereNanos how long ago it was last used on this app node: one that is idle past its timeout is not brought back
     * @return whether nothing is left to do; {@code false}: a memcached node did not answer
     */
    boolean repair(String key, StoredRecord known, long idleHereNanos);

    /** How often a memcached node was connected, so that a change tells that one is back. No I/O. */
    int connections();

    /** Stops paying debts. The memcached nodes are not closed. */
    @Override
    void close();
}
