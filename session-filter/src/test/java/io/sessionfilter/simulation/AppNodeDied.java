package io.sessionfilter.simulation;

/** Ends a thread of an app node that was killed, wherever it is. An error, so that nobody takes it for a failure to be dealt with. */
final class AppNodeDied extends Error {
    private static final long serialVersionUID = 1;

    AppNodeDied() {
        super("killed", null, false, false);
    }
}
