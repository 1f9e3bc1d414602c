package io.sessionfilter.internal.store;

import io.sessionfilter.internal.record.SessionRecord;

/** Whether, and how, a session that the store has lost is brought back. */
final class Restoring {
    private Restoring() {}

    /**
     * Whether the near-cache's copy of a session may be put back that no node has.
     *
     * <p>With two copies both must have been lost for a tombstone to be forgotten. A single one may just have forgotten a logout: it is put
     * back only if it was confirmed within {@code validateAfter} before the outage was noticed, and not since.
     */
    static boolean isAllowed(StoreContext context, Survey survey, StoredRecord known) {
        if (known.isLost() || context.copies() > 1) {
            return true; // lost: it was found so before, and is still to be put back
        }
        MemcachedNode node = survey.ring().get(0);
        NodeHealth health = node.health();
        CasToken token = known.token(node);
        boolean confirmedSince = token != null && token.incarnation() == health.incarnation();
        return health.outages() > 0
                && !confirmedSince
                && known.validatedNanos() - health.outageNoticedNanos() >= -context.validateAfterNanos();
    }

    /** The same state, with a revision that beats what a node decided that has lost its copy. */
    static SessionRecord raised(SessionRecord record) {
        return record.raisedTo(record.revision() + StoreContext.UNDECIDED_STEP);
    }
}
