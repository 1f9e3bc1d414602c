package io.sessionfilter.internal.store;

import io.sessionfilter.internal.record.RecordException;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.store.SessionStore.Retirement;
import io.sessionfilter.internal.store.Survey.Held;
import io.sessionfilter.internal.store.Written.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The end of a key whose session goes on under a new one (PROTOCOL.md section 4). The tombstone goes by compare-and-set over what was copied, on
 * each node of its own: an app node that cannot reach the first one may have stored something on the second. Used by one thread.
 */
final class Retiring implements Retirement {
    private final StoreContext context;
    private final Ending ending;
    private final String key;

    /** The stamps of the tombstones that were written here so far. */
    private final Set<Integer> own = new HashSet<>();

    Retiring(StoreContext context, Ending ending, String key) {
        this.context = context;
        this.ending = ending;
        this.key = key;
    }

    @Override
    public OpenResult end(StoredRecord copied, String newKey) {
        SessionRecord moved = copied.record()
                .movedTo(newKey, context.random().getAsLong(), context.time().millis());
        long life = context.timeToLive().ofTombstone(copied.record().maxInactiveInterval());
        Item tombstone = new Item(moved.bytes(), context.newStamp(), life);
        Survey survey = new Survey(context, key, copied);
        if (own.isEmpty()) {
            survey.assumeKnown();
        }
        own.add(tombstone.stamp());
        try {
            for (int attempt = 0; attempt < StoreContext.MAX_ATTEMPTS; attempt++) {
                OpenResult result = attempt(survey, copied, moved, tombstone);
                if (result != null) {
                    return result;
                }
                survey.forget();
                context.pauseAfter(attempt);
            }
            return new OpenResult.Unreadable(new ContentionException("change of key", StoreContext.MAX_ATTEMPTS));
        } catch (RecordException e) {
            return new OpenResult.Unreadable(e);
        }
    }

    /** One try; {@code null}: look again. */
    private @Nullable OpenResult attempt(Survey survey, StoredRecord copied, SessionRecord moved, Item tombstone)
            throws RecordException {
        long asked = context.time().nanos();
        List<MemcachedNode> chosen = survey.ask(MemcachedNode.NO_RENEWAL);
        if (chosen.isEmpty()) {
            return new OpenResult.Unreadable(survey.failure());
        }
        Held newest = null;
        for (Held held : survey.copies()) {
            if (held.record().isTombstone()) {
                if (!own.contains(held.stamp())) {
                    return new OpenResult.Ended(false);
                }
            } else if (isNewer(held, newest)) {
                newest = held;
            }
        }
        if (newest != null && StoredRecord.isNewer(newest.record(), newest.stamp(), copied.record(), copied.stamp())) {
            return new OpenResult.Found(survey.stored(newest, asked), 0);
        }
        if (survey.copies().isEmpty() && !Restoring.isAllowed(context, survey, copied)) {
            return new OpenResult.Ended(false);
        }
        for (MemcachedNode node : chosen) {
            if (!isTold(survey.held(node)) && !write(survey, node, moved, tombstone)) {
                return null;
            }
        }
        ending.tellOthers(survey, chosen, tombstone);
        return new OpenResult.Ended(true);
    }

    private static boolean isNewer(Held held, @Nullable Held newest) {
        return newest == null || StoredRecord.isNewer(held.record(), held.stamp(), newest.record(), newest.stamp());
    }

    private boolean isTold(@Nullable Held held) {
        return held != null && own.contains(held.stamp());
    }

    private static boolean write(Survey survey, MemcachedNode node, SessionRecord moved, Item tombstone) {
        Held held = survey.held(node);
        try {
            Written written = held == null
                    ? node.add(survey.storageKey(), tombstone).await()
                    : node.compareAndSet(survey.storageKey(), tombstone, held.token())
                            .await();
            if (written.outcome() != Outcome.STORED) {
                return false;
            }
            survey.wrote(node, written, moved, tombstone);
            return true;
        } catch (NodeException e) {
            survey.failed(node, e);
            return false;
        }
    }
}
