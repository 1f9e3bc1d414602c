package io.sessionfilter.internal.store;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.record.RecordException;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.store.Survey.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One look at a session (PROTOCOL.md sections 2 and 6): is there one, has it expired, which of its copies counts? Used once, by one thread.
 *
 * <p>When it is not known that the session is in use, renewal must not ride on the read that decides whether it has expired: it would make a dead
 * session look alive to the next reader.
 */
final class Opening {
    /** When this app node has never seen the session. */
    static final int NO_STAMP = -1;

    private final StoreContext context;
    private final Ending ending;
    private final Repairs repairs;
    private final String key;
    private final int knownStamp;
    private final long idleHereNanos;
    private final Survey survey;

    /** What the near-cache has, if the session was used here within its timeout. */
    private final @Nullable StoredRecord inUse;

    /**
     * @param known what the near-cache has; {@code null}: nothing
     * @param knownStamp of the session's record when this app node used it last; {@link #NO_STAMP}
     * @param idleHereNanos how long ago that was; without meaning when nothing is known
     */
    Opening(
            StoreContext context,
            Ending ending,
            Repairs repairs,
            String key,
            @Nullable StoredRecord known,
            int knownStamp,
            long idleHereNanos) {
        this.context = context;
        this.ending = ending;
        this.repairs = repairs;
        this.key = key;
        this.knownStamp = knownStamp;
        this.idleHereNanos = idleHereNanos;
        this.survey = new Survey(context, key, known);
        this.inUse = known != null && !StoreContext.isIdle(known.record(), idleHereNanos) ? known : null;
    }

    /** One try; {@code null}: somebody is changing what was read, look again. */
    @FunctionalInterface
    private interface Try {
        @Nullable
        OpenResult run() throws RecordException;
    }

    /** Finds the session and renews it. */
    OpenResult open() {
        return repeat("open", this::tryOpen);
    }

    /** Ends the session if it has expired; renews nothing. */
    OpenResult expire() {
        return repeat("expire", this::tryExpire);
    }

    private static OpenResult repeat(StoreContext context, Survey survey, String operation, Try attempt) {
        try {
            for (int i = 0; i < StoreContext.MAX_ATTEMPTS; i++) {
                OpenResult result = attempt.run();
                if (result != null) {
                    return result;
                }
                survey.forget();
                context.pauseAfter(i);
            }
            return new OpenResult.Unreadable(new ContentionException(operation, StoreContext.MAX_ATTEMPTS));
        } catch (RecordException e) {
            return new OpenResult.Unreadable(e);
        }
    }

    private OpenResult repeat(String operation, Try attempt) {
        return repeat(context, survey, operation, attempt);
    }

    private @Nullable OpenResult tryOpen() throws RecordException {
        long asked = context.time().nanos();
        long renewal = inUse == null ? MemcachedNode.NO_RENEWAL : context.ttlOf(inUse.record());
        List<MemcachedNode> chosen = survey.ask(renewal);
        Held best = survey.best();
        if (best == null) {
            return missing();
        }
        if (best.record().isTombstone()) {
            return ended(best);
        }
        if (inUse != null && StoredRecord.isNewer(inUse.record(), inUse.stamp(), best.record(), best.stamp())) {
            return new OpenResult.Found(inUse.lost(), 0);
        }
        long idle = inUse != null ? 0 : survey.idleSeconds();
        if (hasExpired(best, idle)) {
            return endExpired(best, asked);
        }
        StoredRecord stored = survey.stored(best, asked);
        boolean whole = survey.haveAll(chosen, best);
        if (renewal != context.ttlOf(best.record()) && !renew(chosen, context.ttlOf(best.record()))) {
            return null;
        }
        if (!whole) {
            repairs.request(key, stored);
        }
        return new OpenResult.Found(stored, idle);
    }

    private @Nullable OpenResult tryExpire() throws RecordException {
        long asked = context.time().nanos();
        List<MemcachedNode> chosen = survey.ask(MemcachedNode.NO_RENEWAL);
        Held best = survey.best();
        if (best == null) {
            return missing();
        }
        if (best.record().isTombstone()) {
            return ended(best);
        }
        long idle = survey.idleSeconds();
        if (!hasExpired(best, idle)) {
            return new OpenResult.Found(survey.stored(best, asked), idle);
        }
        boolean allAsked = chosen.size() == survey.home().size();
        return allAsked ? endExpired(best, asked) : new OpenResult.Unreadable(survey.failure());
    }

    private OpenResult missing() {
        if (!survey.provesAbsence()) {
            return new OpenResult.Unreadable(survey.failure());
        }
        return inUse != null && Restoring.isAllowed(context, survey, inUse)
                ? new OpenResult.Found(inUse.lost(), 0)
                : new OpenResult.Missing();
    }

    private OpenResult ended(Held tombstone) {
        ending.spread(survey, tombstone);
        if (inUse != null) {
            ending.lengthen(survey, inUse.record().maxInactiveInterval());
        }
        return new OpenResult.Ended(false);
    }

    /**
     * With nothing but the item's remaining time to go by, the slack is granted, for a renewal may lag behind the use. An app node that knows
     * to the nanosecond when it used the session itself needs from the store only that nobody else renewed it since.
     */
    private boolean hasExpired(Held best, long idleSeconds) {
        if (inUse != null) {
            return false;
        }
        SessionRecord record = best.record();
        int timeout = record.maxInactiveInterval();
        if (context.timeToLive().isExpired(timeout, idleSeconds)) {
            return true;
        }
        // Others use the session unseen for validateAfter at most; a second of it is within memcached's own resolution.
        long unseen =
                Math.min(context.validateAfterNanos(), context.timeToLive().renewalNanos(timeout));
        return best.stamp() == knownStamp
                && StoreContext.isIdle(record, idleHereNanos)
                && idleSeconds >= timeout + TimeUnit.NANOSECONDS.toSeconds(unseen) - 1;
    }

    private @Nullable OpenResult endExpired(Held best, long askedNanos) {
        StoredRecord last = survey.stored(best, askedNanos);
        Boolean alone = ending.endIfUnchanged(survey, best.record().maxInactiveInterval());
        if (alone == null) {
            return null;
        }
        if (alone) {
            context.metrics().count(Counter.SESSIONS_EXPIRED);
        }
        return new OpenResult.Ended(alone, alone ? last : null);
    }

    /**
     * Renews the copies of the chosen nodes. That a node does not answer is of no consequence: the next use tries again, and the slack covers
     * the time until then.
     *
     * @return {@code false}: one of them is not what was read any more
     */
    private boolean renew(List<MemcachedNode> chosen, long ttlSeconds) {
        List<Renewal> renewals = new ArrayList<>();
        for (MemcachedNode node : chosen) {
            Held held = survey.held(node);
            if (held != null) {
                renewals.add(new Renewal(held, node.fetch(survey.storageKey(), false, ttlSeconds)));
            }
        }
        boolean same = true;
        for (Renewal renewal : renewals) {
            try {
                Optional<Copy> now = renewal.call().await();
                same &= now.isPresent() && now.get().stamp() == renewal.held().stamp();
            } catch (NodeException e) {
                survey.failed(renewal.held().node(), e);
            }
        }
        return same;
    }

    /** Not an entry of a map: see {@link NodeId#equals} for what becomes of records that are hashed. */
    private record Renewal(Held held, NodeCall<Optional<Copy>> call) {}
}
