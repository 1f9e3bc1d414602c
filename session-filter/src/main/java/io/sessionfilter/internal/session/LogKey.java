package io.sessionfilter.internal.session;

/** A session key as it may be logged: enough to follow a session through a log, not enough to take it over. */
final class LogKey {
    private static final int SHOWN = 6;

    private LogKey() {}

    static String of(String key) {
        return key.substring(0, Math.min(SHOWN, key.length() / 2)) + "...";
    }
}
