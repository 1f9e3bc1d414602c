package io.sessionfilter.simulation;

import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.store.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One request and its response, as history tells them. */
final class Exchange {
    static final long NEVER = Long.MAX_VALUE;

    /** How the session that the cookie names was found. */
    enum Found {
        /** The request ended before it was known. */
        NOTHING,
        LIVE,
        ABSENT,
        UNKNOWN
    }

    /**
     * A change of an attribute.
     *
     * @param attribute its name
     * @param token what was set or appended, unlike all others; {@code null}: it was removed
     * @param base what the application had seen there before, as tokens
     * @param result what the application had there afterwards
     */
    record Change(String attribute, String token, List<String> base, List<String> result) {}

    final int number;
    final String app;
    final int appIndex;
    final String cookie;

    /** The session of the cookie, and then the one that the request went on with; {@code null}: none. */
    LogicalSession cookieSession;

    LogicalSession session;
    String key;

    long sent;
    long sentAt;
    long opened = NEVER;
    long received = NEVER;
    long receivedAt = NEVER;

    Found found = Found.NOTHING;
    boolean created;

    /** What the session held when it was opened: attribute to tokens. */
    final Map<String, List<String>> seen = new LinkedHashMap<>();

    boolean read;

    boolean readLog;

    final List<Change> changes = new ArrayList<>();

    /** How many of the changes a commit has acknowledged. */
    int acknowledged;

    boolean invalidating;
    boolean invalidated;
    String changingFrom;
    long changing = NEVER;
    boolean changedKey;

    /** What the last commit said; {@code null}: there was none. */
    Commit commit;

    /** The session had ended when the application wanted to use it, or commit it. */
    boolean foundEnded;

    /** Whether a change was kept on the app node at least once. */
    boolean keptLocally;

    final List<NodeId> failedNodes = new ArrayList<>();

    Exchange(int number, String app, int appIndex, String cookie) {
        this.number = number;
        this.app = app;
        this.appIndex = appIndex;
        this.cookie = cookie;
    }

    /** Whether the application has looked at an attribute when it opened the session. */
    boolean isRead(String attribute) {
        return read && (readLog || !attribute.equals(Visit.LOG));
    }

    void nodeFailed(NodeId node) {
        failedNodes.add(node);
    }

    boolean isAnswered() {
        return received != NEVER;
    }

    /** Whether a change was acknowledged, and the client told so. */
    boolean isAcknowledged(Change change) {
        return isAnswered() && changes.indexOf(change) < acknowledged;
    }

    boolean endedBefore(Exchange other) {
        return received < other.sent;
    }

    @Override
    public String toString() {
        return "#" + number + " on " + app + " [" + millis(sentAt) + ".." + (isAnswered() ? millis(receivedAt) : "?")
                + "] " + (session == null ? "-" : session) + " cookie " + cookie + ": " + found
                + (created ? ", created" : "") + " seen " + seen
                + changes.stream().map(Exchange::describe).toList()
                + (invalidating ? (invalidated ? " invalidated" : " invalidating") : "")
                + (changingFrom != null ? (changedKey ? " changed key" : " changing key") : "") + " commit " + commit
                + " (" + acknowledged + " acknowledged)" + (foundEnded ? " found ended" : "")
                + (failedNodes.isEmpty() ? "" : " failed " + failedNodes);
    }

    private static String describe(Change change) {
        return " " + change.attribute() + (change.token() == null ? " removed" : "=" + change.result());
    }

    private static String millis(long nanos) {
        return nanos / 1_000_000 + "." + nanos / 100_000 % 10;
    }
}
