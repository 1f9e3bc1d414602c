package io.sessionfilter.internal.store;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.record.RecordException;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.store.Survey.Held;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the copies of sessions complete and equal again (PROTOCOL.md section 5). Safe for use by many threads. */
final class Repairs {
    private static final Logger log = LoggerFactory.getLogger(Repairs.class);

    /** What is beyond is repaired when the session is read again. */
    private static final int MAX_WAITING = 10_000;

    /** A copy is most often missing or old because a commit is just being written: that is left to end by itself. */
    private static final long DELAY_MILLIS = 50;

    private final StoreContext context;
    private final Ending ending;
    private final ScheduledExecutorService executor;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    /** One at a time per session: each raises the revision. */
    private final Set<String> underRepair = ConcurrentHashMap.newKeySet();

    Repairs(StoreContext context, Ending ending, ScheduledExecutorService executor) {
        this.context = context;
        this.ending = ending;
        this.executor = executor;
    }

    /** Has a session repaired in the background, shortly. */
    void request(String key, StoredRecord known) {
        if (waiting.size() >= MAX_WAITING || !waiting.add(key)) {
            return;
        }
        try {
            ScheduledFuture<?> unused = executor.schedule(
                    () -> {
                        waiting.remove(key);
                        repair(key, known);
                    },
                    DELAY_MILLIS,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            waiting.remove(key);
            log.debug("the store is being closed: a repair is left to the next reader", e);
        }
    }

    /**
     * Repairs a session from what the store has of it.
     *
     * @param known what this app node has seen of it, which saves fetching it; {@code null}: nothing
     * @return whether nothing is left to do
     */
    boolean repair(String key, @Nullable StoredRecord known) {
        return repair(key, known, false, 0);
    }

    /**
     * Repairs a session also from the near-cache, unless it is idle past its timeout: that would revive an expired session.
     *
     * @return whether nothing is left to do
     */
    boolean repairOrRestore(String key, StoredRecord known, long idleHereNanos) {
        return repair(key, known, !StoreContext.isIdle(known.record(), idleHereNanos), idleHereNanos);
    }

    private boolean repair(String key, @Nullable StoredRecord known, boolean mayRestore, long idleHereNanos) {
        if (!underRepair.add(key)) {
            return false;
        }
        try {
            Survey survey = new Survey(context, key, known);
            for (int attempt = 0; attempt < StoreContext.MAX_ATTEMPTS; attempt++) {
                Boolean done = attempt(survey, mayRestore ? known : null, idleHereNanos);
                if (done != null) {
                    return done;
                }
                context.pauseAfter(attempt);
            }
            return true; // whoever is so busy with the session writes both copies
        } catch (NodeException | RecordException e) {
            log.debug(
                    "a session is left as it is",
                    e); // it is unreadable or too large for one node: trying again is no use
            return true;
        } finally {
            underRepair.remove(key);
        }
    }

    /** One try; {@code null}: look again. */
    private @Nullable Boolean attempt(Survey survey, @Nullable StoredRecord restorable, long idleHereNanos)
            throws NodeException, RecordException {
        List<MemcachedNode> chosen = survey.ask(MemcachedNode.NO_RENEWAL);
        Held best = survey.best();
        if (best != null && best.record().isTombstone()) {
            return ending.spread(survey, best);
        }
        if (chosen.isEmpty()) {
            return false;
        }
        if (restorable != null && isLost(survey, best, restorable)) {
            return restore(survey, chosen, restorable, idleHereNanos);
        }
        if (best == null || isExpired(best, survey)) {
            return true;
        }
        return survey.haveAll(chosen, best)
                ? Boolean.valueOf(areFirst(chosen, survey))
                : complete(survey, chosen, best);
    }

    private @Nullable Boolean restore(
            Survey survey, List<MemcachedNode> chosen, StoredRecord restorable, long idleHereNanos)
            throws NodeException {
        SessionRecord record = Restoring.raised(restorable.record());
        long ttl = context.ttlOf(record);
        long left = ttl == TimeToLive.NEVER ? ttl : Math.max(1, ttl - TimeUnit.NANOSECONDS.toSeconds(idleHereNanos));
        Item item = new Item(record.bytes(), context.newStamp(), left);
        return place(survey, chosen, record, item, Counter.SESSIONS_RESTORED);
    }

    private @Nullable Boolean complete(Survey survey, List<MemcachedNode> chosen, Held best) throws NodeException {
        // A commit that the first node had decided before it lost the item may still be on its way to the second.
        boolean raise = survey.held(chosen.get(0)) == null;
        SessionRecord record = raise ? Restoring.raised(best.record()) : best.record();
        Item item = new Item(record.bytes(), raise ? context.newStamp() : best.stamp(), lifeOf(best));
        return place(survey, chosen, record, item, Counter.SESSIONS_REPAIRED);
    }

    private @Nullable Boolean place(
            Survey survey, List<MemcachedNode> chosen, SessionRecord record, Item item, Counter counter)
            throws NodeException {
        if (new Placement(context, survey, chosen).place(record, item) != Placement.Result.PLACED) {
            return null;
        }
        context.metrics().count(counter);
        return areFirst(chosen, survey);
    }

    /** Whether the store has lost what the near-cache has. */
    private boolean isLost(Survey survey, @Nullable Held best, StoredRecord near) {
        return best == null
                ? survey.provesAbsence() && Restoring.isAllowed(context, survey, near)
                : StoredRecord.isNewer(near.record(), near.stamp(), best.record(), best.stamp());
    }

    private boolean isExpired(Held best, Survey survey) {
        return context.timeToLive().isExpired(best.record().maxInactiveInterval(), survey.idleSeconds());
    }

    /** Whether the copies are where they belong, and not on nodes that stand in for others. */
    private boolean areFirst(List<MemcachedNode> chosen, Survey survey) {
        return chosen.equals(survey.home());
    }

    /** A repair is no use of the session: its copies go on to live as long as they would have. */
    private static long lifeOf(Held best) {
        long remaining = best.remainingSeconds();
        return remaining < 0 ? TimeToLive.NEVER : Math.max(1, remaining);
    }
}
