package io.sessionfilter.internal.session;

import io.sessionfilter.internal.record.SessionRecord;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tries of commits under way that carry one pending change. Once a record contains one of them, the change is in there, and somebody may have
 * replaced it since: another one that carried it as well must not make it again. Safe for use by many threads.
 */
final class Carriers {
    private final Set<CommitAttempt> attempts = ConcurrentHashMap.newKeySet(2);

    void add(CommitAttempt attempt) {
        attempts.add(attempt);
    }

    void remove(CommitAttempt attempt) {
        attempts.remove(attempt);
    }

    /** Whether one of them has led to a record. */
    boolean haveLedTo(SessionRecord record) {
        for (CommitAttempt attempt : attempts) {
            if (attempt.hasLedTo(record)) {
                return true;
            }
        }
        return false;
    }
}
