package io.sessionfilter.internal.session;

/**
 * What one request does to have its session to itself ({@code lockingMode}). Safe for use by many threads.
 *
 * <p>Nothing that a session promises stands on this: a request that cannot have the lock goes on without it.
 */
public interface SessionLock {
    /** Of requests that need none. */
    SessionLock NONE = new SessionLock() {
        @Override
        public void acquire(String key) {}

        @Override
        public void release() {}
    };

    /**
     * Waits until the request has a session to itself, beside those that it has; if it has it already, for nothing. All waits of a request together last no
     * longer than {@code lockWaitTimeout}, each with one try more; then, and when memcached cannot be asked, the request goes on without the lock, which is
     * counted. An interrupt ends the wait, with the thread's flag restored.
     *
     * @param key of the session
     */
    void acquire(String key);

    /** Lets go of all; it can be acquired again. Never throws: what cannot be given back expires. */
    void release();
}
