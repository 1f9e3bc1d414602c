package io.sessionfilter.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a user takes for one session, whatever keys it has had. */
final class LogicalSession {
    final int number;
    final List<String> keys = new ArrayList<>();
    /** Which request has changed the session's key to this one; known only once its change is over. */
    final Map<String, Exchange> changers = new HashMap<>();

    final List<Exchange> exchanges = new ArrayList<>();
    final List<Integer> timeouts = new ArrayList<>();

    /** When its copies were complete and equal for the first time after the last fault. */
    long recoveredAt;

    /** Whether a second fault has met it before it had recovered from the first. */
    boolean overlapped;

    /** What the checker has put to the test. */
    Tally tally = new Tally();

    LogicalSession(int number, String key, int timeout) {
        this.number = number;
        keys.add(key);
        timeouts.add(timeout);
    }

    String currentKey() {
        return keys.get(keys.size() - 1);
    }

    int leastTimeout() {
        return timeouts.stream().mapToInt(Integer::intValue).min().orElseThrow();
    }

    int greatestTimeout() {
        return timeouts.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    @Override
    public String toString() {
        return "s" + number;
    }
}
