package io.sessionfilter.internal.store;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.record.RecordContent;
import io.sessionfilter.internal.record.RecordException;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.store.Survey.Held;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One commit (PROTOCOL.md section 3): the change on top of the latest record there is, on every chosen node. Used once, by one thread. */
final class Committing {
    /**
     * What the change goes on top of.
     *
     * @param isStored whether a node has it; else the store has lost it, and the near-cache brings it back
     */
    private record Base(SessionRecord record, int stamp, boolean isStored) {}

    private record Next(SessionRecord record, int stamp) {}

    private final StoreContext context;
    private final Ending ending;
    private final Debts debts;
    private final String key;
    private final RecordChange change;
    private final Survey survey;

    /** One for each try: what they send differs. */
    private final Set<Long> commitIds = new HashSet<>();

    private @Nullable StoredRecord known;

    private long commitId;

    /** See {@link CommitResult.Failed#unanswered()}. */
    private long unanswered = CommitResult.Failed.NONE;

    Committing(
            StoreContext context,
            Ending ending,
            Debts debts,
            String key,
            @Nullable StoredRecord known,
            RecordChange change) {
        this.context = context;
        this.ending = ending;
        this.debts = debts;
        this.key = key;
        this.known = known;
        this.change = change;
        this.survey = new Survey(context, key, known);
    }

    CommitResult run() {
        if (known == null) {
            survey.assumeMissing();
        } else {
            survey.assumeKnown();
        }
        try {
            for (int attempt = 0; attempt < StoreContext.MAX_ATTEMPTS; attempt++) {
                CommitResult result = attempt(attempt);
                if (result != null) {
                    return result;
                }
            }
            return failed(new ContentionException("commit", StoreContext.MAX_ATTEMPTS));
        } catch (NodeException | RecordException e) {
            return failed(e);
        }
    }

    private CommitResult failed(Exception cause) {
        return new CommitResult.Failed(cause, unanswered);
    }

    /** One try; {@code null}: look again. */
    private @Nullable CommitResult attempt(int attempt) throws NodeException, RecordException {
        commitId = context.random().getAsLong();
        commitIds.add(commitId);
        change.begins(commitId);
        long asked = context.time().nanos();
        List<MemcachedNode> chosen = survey.ask(MemcachedNode.NO_RENEWAL);
        Held best = survey.best();
        if (best != null && best.record().isTombstone()) {
            ending.spread(survey, best, commitIds);
            return new CommitResult.Ended();
        }
        if (chosen.isEmpty()) {
            return failed(survey.failure());
        }
        Base base = base(best);
        if (base == null && known != null) {
            return new CommitResult.Ended();
        }
        Placement placement = new Placement(context, survey, chosen);
        Next next = next(base, placement, survey.held(chosen.get(0)) != null);
        boolean confirmsNothing = base != null && next.record() == base.record() && survey.isAssumed();
        if (base != null && (confirmsNothing || isOutdated(base))) {
            survey.forget();
            return null;
        }
        return switch (placement.place(next.record(), context.itemOf(next.record(), next.stamp()))) {
            case PLACED -> stored(base, asked);
            case CONFLICT -> {
                context.metrics().count(Counter.SAVE_CONFLICTS);
                context.pauseAfter(attempt);
                yield null;
            }
            case NODE_LOST -> {
                if (placement.isUnanswered()) {
                    long revision = base == null ? 0 : base.record().revision();
                    unanswered = Math.max(unanswered, revision);
                }
                yield null;
            }
        };
    }

    /**
     * Whether this app node has seen a later record than the one that the change was just applied to. Then what was left out as unchanged may be a
     * change of that one's.
     */
    private boolean isOutdated(Base base) {
        StoredRecord newest = known == null ? null : change.newest(key, known);
        if (newest == null || !StoredRecord.isNewer(newest.record(), newest.stamp(), base.record(), base.stamp())) {
            return false;
        }
        known = newest;
        survey.know(newest);
        return true;
    }

    /** {@code null}: there is nothing, and nothing may be brought back. */
    private @Nullable Base base(@Nullable Held best) {
        if (best != null
                && (known == null
                        || !StoredRecord.isNewer(known.record(), known.stamp(), best.record(), best.stamp()))) {
            return new Base(best.record(), best.stamp(), true);
        }
        return known != null && (best != null || Restoring.isAllowed(context, survey, known))
                ? new Base(known.record(), known.stamp(), false)
                : null;
    }

    private Next next(@Nullable Base base, Placement placement, boolean firstHasCopy) {
        if (base == null) {
            return new Next(first(placement.isDecidedByFirst() ? 1 : StoreContext.UNDECIDED_STEP), context.newStamp());
        }
        RecordContent content = change.over(base.record());
        if (content != null) {
            long step = base.isStored() && placement.isDecidedByFirst() ? 1 : StoreContext.UNDECIDED_STEP;
            long revision = base.record().revision() + step;
            return new Next(base.record().next(revision, commitId, content), context.newStamp());
        }
        // It is as it is to be, perhaps by an earlier attempt: it must be so on every node.
        return base.isStored() && firstHasCopy
                ? new Next(base.record(), base.stamp())
                : new Next(Restoring.raised(base.record()), context.newStamp());
    }

    private SessionRecord first(long revision) {
        SessionRecord origin = change.origin();
        if (origin == null) {
            RecordContent content = Objects.requireNonNull(change.over(null));
            return SessionRecord.first(revision, commitId, change.created(), content);
        }
        RecordContent content = change.over(origin);
        return content == null ? origin.raisedTo(revision) : origin.next(revision, commitId, content);
    }

    private CommitResult stored(@Nullable Base base, long askedNanos) {
        if (base != null && !base.isStored()) {
            context.metrics().count(Counter.SESSIONS_RESTORED);
        }
        Held best = Objects.requireNonNull(survey.best());
        debts.oweCopies(key, survey, best);
        return new CommitResult.Stored(survey.stored(best, askedNanos));
    }
}
