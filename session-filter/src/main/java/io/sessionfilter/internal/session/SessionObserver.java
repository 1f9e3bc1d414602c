package io.sessionfilter.internal.session;

/**
 * Who wants to hear what becomes of sessions and of their values: the application's listeners, seen from the heart. It tells of
 * what no call of the application's own shows: the end of a session, and values on their way to and from the store. What
 * {@link SessionUse} returns is told by whoever called it.
 *
 * <p>The questions are answered the same each time, at no cost: where nobody wants to hear, nothing is decoded or kept for it. Nothing is told
 * while a lock is held, and no call may throw. Safe for use by many threads.
 */
public interface SessionObserver {
    /** Nobody wants to hear of anything. */
    SessionObserver NONE = new SessionObserver() {
        @Override
        public boolean observesSessions() {
            return false;
        }

        @Override
        public boolean observesAttributes() {
            return false;
        }

        @Override
        public boolean hearsUnbinding(Object value) {
            return false;
        }

        @Override
        public void destroyed(SessionUse session) {}

        @Override
        public void unbound(SessionUse session, String name, Object value) {}

        @Override
        public void passivating(SessionUse session, Object value) {}

        @Override
        public void activated(SessionUse session, Object value) {}
    };

    /** Whether somebody wants to hear of the end of sessions. */
    boolean observesSessions();

    /** Whether somebody wants to hear of changes of attributes, with the values that were there before. */
    boolean observesAttributes();

    /** Whether a value wants to hear itself when it is no longer an attribute. */
    boolean hearsUnbinding(Object value);

    /**
     * A session has ended, by {@link SessionUse#invalidate()} or because nobody used it. Its attributes can be read and changed as long as
     * this call lasts. Told once for a session, by one app node.
     */
    void destroyed(SessionUse session);

    /**
     * A session that has ended no longer has this attribute; after {@link #destroyed}. Values that want to hear of that, or of which somebody does,
     * and perhaps others.
     */
    void unbound(SessionUse session, String name, Object value);

    /** A value is about to be encoded. */
    void passivating(SessionUse session, Object value);

    /** A value was decoded and is about to be shown to the application; or it was encoded, and goes on. */
    void activated(SessionUse session, Object value);
}
