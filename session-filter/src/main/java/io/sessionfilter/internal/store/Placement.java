package io.sessionfilter.internal.store;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.store.Survey.Held;
import io.sessionfilter.internal.store.Written.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one record to the nodes that are to have it, one after the other (PROTOCOL.md section 3): in flight together, two writes leave two
 * records of one revision behind.
 */
final class Placement {
    private static final Logger log = LoggerFactory.getLogger(Placement.class);

    /** What came of it. */
    enum Result {
        /** Every chosen node has the record, or a later one that contains it. */
        PLACED,
        /** Somebody else was faster. All that was known is void. */
        CONFLICT,
        /** A node has failed and takes no part any more. All that was known is void. */
        NODE_LOST
    }

    private final StoreContext context;
    private final Survey survey;
    private final List<MemcachedNode> order;

    /** The kind of failure of the node that was lost. */
    private boolean unanswered;

    /**
     * @param chosen the nodes that are to have the record
     */
    Placement(StoreContext context, Survey survey, List<MemcachedNode> chosen) {
        this.context = context;
        this.survey = survey;
        this.order = new ArrayList<>(chosen.size());
        // A node that has lost its copy has forgotten what it decided: one that still has it decides.
        chosen.stream().filter(node -> survey.held(node) != null).forEach(order::add);
        chosen.stream().filter(node -> survey.held(node) == null).forEach(order::add);
    }

    /** Whether the first node of the ring decides; another must beat whatever that one decides or has decided unseen. */
    boolean isDecidedByFirst() {
        return order.get(0).equals(survey.ring().get(0));
    }

    /** Whether a write has had no answer, so that it may happen yet. */
    boolean isUnanswered() {
        return unanswered;
    }

    /**
     * Writes.
     *
     * @throws NodeException if a node does not take so large an item; nothing was written then
     */
    Result place(SessionRecord record, Item item) throws NodeException {
        checkSize(item);
        boolean firstHasIt = false;
        for (MemcachedNode node : order) {
            Held held = survey.held(node);
            if (held == null || !isAtLeast(held, record, item)) {
                assert firstHasIt || node.equals(order.get(0)) : "the second is written after the first";
                assert held == null || !held.record().isTombstone() : "nothing replaces a tombstone";
                assert held == null || record.revision() >= held.record().revision() : "no revision ever falls";
                Result failure = write(node, held, record, item);
                if (failure != Result.PLACED) {
                    survey.forget();
                    return failure;
                }
            }
            firstHasIt = true;
        }
        return Result.PLACED;
    }

    /** memcached deletes what it has when it refuses something too large. */
    private void checkSize(Item item) throws NodeException {
        for (MemcachedNode node : order) {
            int limit = node.maxValueBytes(survey.storageKey().length());
            if (item.value().length > limit) {
                throw new NodeException(
                        NodeException.Kind.TOO_LARGE,
                        node.id(),
                        "memcached node " + node.id() + ", not sent: " + item.value().length
                                + " bytes are more than its limit of " + limit,
                        null);
            }
        }
    }

    private static boolean isAtLeast(Held held, SessionRecord record, Item item) {
        return held.stamp() == item.stamp()
                || (held.record().contains(record.commitId()) && held.record().revision() >= record.revision());
    }

    private Result write(MemcachedNode node, @Nullable Held held, SessionRecord record, Item item)
            throws NodeException {
        Written written;
        try {
            written = held == null
                    ? node.add(survey.storageKey(), item).await()
                    : node.compareAndSet(survey.storageKey(), item, held.token())
                            .await();
        } catch (NodeException e) {
            if (e.kind() == NodeException.Kind.TOO_LARGE) {
                throw e;
            }
            unanswered = e.kind() == NodeException.Kind.UNKNOWN;
            survey.failed(node, e);
            return Result.NODE_LOST;
        }
        if (written.outcome() != Outcome.STORED) {
            return Result.CONFLICT;
        }
        if (held != null && !record.contains(held.record())) {
            context.metrics().count(Counter.DIVERGED);
            log.warn(
                    "two copies of a session had diverged while memcached nodes could not be reached: a change that was stored on {} only is"
                            + " lost",
                    node.id());
        }
        survey.wrote(node, written, record, item);
        return Result.PLACED;
    }
}
