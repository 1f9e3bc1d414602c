package io.sessionfilter.internal.session;

import io.sessionfilter.internal.record.SessionRecord;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The commits under way that carry one pending change. Once a record contains one of them, the change is in there, and somebody may have
 * replaced it since: another commit that carried it as well must not make it again. Safe for use by many threads.
 */
final class Carriers {
    private final Set<PendingCommit> commits = ConcurrentHashMap.newKeySet(2);

    void add(PendingCommit commit) {
        commits.add(commit);
    }

    void remove(PendingCommit commit) {
        commits.remove(commit);
    }

    /**
     * Whether one of them has led to a record.
     *
     * @param other does not count; {@code null}: all do
     */
    boolean haveLedTo(SessionRecord record, @Nullable PendingCommit other) {
        for (PendingCommit commit : commits) {
            if (commit != other && commit.hasLedTo(record)) {
                return true;
            }
        }
        return false;
    }
}
