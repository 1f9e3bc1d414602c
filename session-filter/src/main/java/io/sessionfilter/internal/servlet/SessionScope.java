package io.sessionfilter.internal.servlet;

/** Within what a session is used: a request, or one access from outside of any. Whoever opens a scope commits what was changed within it. */
@FunctionalInterface
interface SessionScope {
    /** What a listener changes in a session that no request has given it is committed with the session, if that has not ended. */
    SessionScope OF_LISTENERS = view -> {};

    /** The application has invalidated the session through this view. */
    void invalidated(HttpSessionView view);
}
