package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.session.SessionLock;
import io.sessionfilter.internal.session.SessionManager;
import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.SessionUse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request's lock of its session ({@code lockingMode}): from when it first asks for the session until it is over, through all of its dispatches.
 * Safe for use by many threads.
 */
final class RequestLock {
    private final SessionManager sessions;
    private final SessionLock lock;

    private RequestLock(SessionManager sessions) {
        this.sessions = sessions;
        this.lock = sessions.newLock();
    }

    /** Of a request that is to have its session to itself; {@code null}: it is not. */
    static @Nullable RequestLock of(FilterContext filter, HttpServletRequest request) {
        return filter.locked().matchesUriOr(request) ? new RequestLock(filter.sessions()) : null;
    }

    /**
     * Waits until the request has a session that it has opened to itself, for a bounded time, and brings it up to date: what other requests have done in
     * the meantime is seen. The session may have ended after that.
     */
    void acquire(SessionUse use) {
        String key = use.id().key();
        lock.acquire(key);
        update(key);
        String newKey = use.id().key();
        if (!newKey.equals(key)) { // by the request that had the lock
            lock.acquire(newKey);
            update(newKey);
        }
    }

    /** No trust in the near-cache: the id has no route. */
    private void update(String key) {
        if (sessions.open(new SessionId(key, null, null)) instanceof Opened.Live live) {
            live.session().active(false);
        }
    }

    /** The session has just got a key that nobody else knows. */
    void keyIsNew(SessionUse use) {
        lock.acquire(use.id().key());
    }

    void release() {
        lock.release();
    }
}
