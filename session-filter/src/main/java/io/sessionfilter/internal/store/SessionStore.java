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

    /** The memcached node that holds the session's first copy. */
    NodeId nodeOf(String key);

    /** Whether the session's memcached node is believed to be reachable at this moment; no I/O. */
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
     * Ends a session (PROTOCOL.md section 4). If its memcached node cannot be reached, the tombstone is owed, and written when it can.
     *
     * @param timeoutSeconds the session's timeout, from which the tombstone's life follows
     * @return whether a node has it
     */
    boolean end(String key, int timeoutSeconds);

    /**
     * Ends a session if it still is as this app node knows it. If its memcached node cannot be reached nothing is owed.
     *
     * @param known its state as far as it is known here
     * @return {@link OpenResult.Ended}, {@code true}: by this call, {@code false}: it had ended before; {@link OpenResult.Found}: it lives on in
     *     another state; {@link OpenResult.Unreadable}: nobody knows whether it lives
     */
    OpenResult endIfUnchanged(String key, StoredRecord known);

    /**
     * Ends a session if nobody uses it any more (PROTOCOL.md section 6, the reaper). Never renews anything.
     *
     * @param stamp of its record when this app node used it last
     * @param idleHereNanos how long ago that was
     * @return {@link OpenResult.Ended}; {@link OpenResult.Found}: it has not expired as far as the store can tell
     */
    OpenResult expireIfIdle(String key, int stamp, long idleHereNanos);

    /**
     * Renews a session's life and nothing else; of no consequence if the node cannot be reached.
     *
     * @return whether a copy was renewed
     */
    boolean touch(String key, int timeoutSeconds);

    /** Stops paying debts. The memcached nodes are not closed. */
    @Override
    void close();
}
