package io.sessionfilter.internal.session;

import io.sessionfilter.internal.record.SessionRecord;

/**
 * One try of a commit: it encodes anew, and makes a record of an id of its own. So a record tells which try has led to it, and with it what was in there. Compared
 * by identity.
 */
final class CommitAttempt {
    private final PendingCommit commit;

    /** Volatile: parallel requests look at what is under way. */
    private volatile long id;

    private volatile boolean begun;

    CommitAttempt(PendingCommit commit) {
        this.commit = commit;
    }

    /** Whether it is a try of this commit. */
    boolean isOf(PendingCommit other) {
        return commit == other;
    }

    /** The id under which what it encoded is about to be sent. */
    void begin(long commitId) {
        id = commitId;
        begun = true;
    }

    /** Whether it was about to be sent; if not, no record will ever contain it. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether a record contains what was encoded. */
    boolean hasLedTo(SessionRecord record) {
        return begun && record.contains(id);
    }
}
