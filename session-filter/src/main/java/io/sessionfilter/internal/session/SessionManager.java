package io.sessionfilter.internal.session;

/**
 * The sessions of one web application on one app node: where a request starts.
 *
 * <p>Safe for use by many threads.
 */
public interface SessionManager extends AutoCloseable {
    /**
     * Finds the session of an id and counts as a request of it: renews its life. At most one round trip to the store, or two if the
     * session must be loaded; none if this app node may trust its near-cache.
     *
     * @param id what the client sent; its route tells whether the near-cache may be trusted
     */
    Opened open(SessionId id);

    /** The answer of {@link #open}: three different things. */
    sealed interface Opened {
        /** The session is there. */
        record Live(SessionUse session) implements Opened {}

        /** There is no such session: never was, has ended, or has expired. */
        record Absent() implements Opened {}

        /** Nobody knows: its memcached node cannot be asked, and this app node has no copy. Counted and logged. */
        record Unknown() implements Opened {}
    }

    /**
     * A new session under a fresh key, live here at once, stored with its first {@link SessionUse#commit()}.
     *
     * @param maxInactiveInterval its timeout in seconds; 0 and below: never expires
     */
    SessionUse create(int maxInactiveInterval);

    /**
     * Keeps a session alive for a request that did not ask for it: no I/O, unless a renewal is due or the session is not known here.
     *
     * @param key of a {@link SessionId}
     * @return whether a session was kept alive; {@code false}: try the client's next candidate
     */
    boolean keepAlive(String key);

    /** What a request may do to have sessions to itself; it need not. No I/O until it is used. */
    default SessionLock newLock() {
        return SessionLock.NONE;
    }

    /** Closes what this application's sessions hold; sessions stay in the store. Idempotent. */
    @Override
    void close();
}
