package io.sessionfilter.internal.store;

import io.sessionfilter.internal.record.RecordException;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.store.Survey.Held;
import io.sessionfilter.internal.store.Written.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tombstones: how sessions are ended, and stay so (PROTOCOL.md sections 4 and 6). Safe for use by many threads. */
final class Ending {
    private static final Logger log = LoggerFactory.getLogger(Ending.class);

    private final StoreContext context;
    private final Debts debts;

    Ending(StoreContext context, Debts debts) {
        this.context = context;
        this.debts = debts;
    }

    /** Ends a key whatever there is under it, on all nodes: an outage may have left a copy on any. */
    void end(String key, int timeoutSeconds) {
        List<MemcachedNode> nodes = context.homes(key).ring();
        Item tombstone = context.tombstone(timeoutSeconds);
        List<MemcachedNode> left = setOn(nodes, context.storageKey(key), tombstone);
        debts.oweTombstone(context.storageKey(key), left, tombstone);
    }

    /**
     * Ends a session whatever its state, and under whatever key it goes on: a tombstone that names another key is not overwritten unread. Where the
     * known copy still is there, that takes one command a node, all at once.
     */
    void endSession(String key, @Nullable StoredRecord known, int timeoutSeconds) {
        String next = key;
        StoredRecord knownThere = known;
        for (int keys = 0; next != null && keys < StoreContext.MAX_ATTEMPTS; keys++) {
            next = new Invalidating(context, debts, next, timeoutSeconds).run(knownThere);
            knownThere = null;
        }
    }

    /** Writes a tombstone to several nodes at once, and returns those that do not have it then. */
    static List<MemcachedNode> setOn(List<MemcachedNode> nodes, String storageKey, Item tombstone) {
        Map<MemcachedNode, NodeCall<Written>> calls = new LinkedHashMap<>();
        List<MemcachedNode> left = new ArrayList<>();
        for (MemcachedNode node : nodes) {
            if (node.health().usable()) {
                calls.put(node, node.set(storageKey, tombstone));
            } else {
                left.add(node);
            }
        }
        left.addAll(failing(calls));
        return left;
    }

    private static List<MemcachedNode> failing(Map<MemcachedNode, NodeCall<Written>> calls) {
        List<MemcachedNode> failing = new ArrayList<>();
        calls.forEach((node, call) -> {
            try {
                call.await();
            } catch (NodeException e) {
                log.debug("memcached node {} does not know of a tombstone yet", node.id(), e);
                failing.add(node);
            }
        });
        return failing;
    }

    /**
     * Ends a session in the state that was surveyed: the first copy decides, by compare-and-set.
     *
     * @return {@code null}: nothing has ended, somebody was faster or a node has failed: all that was known is void; {@code true}: this call
     *     has ended it, and no other on any app node; {@code false}: another was faster on a copy
     */
    @Nullable
    Boolean endIfUnchanged(Survey survey, int timeoutSeconds) {
        Item tombstone = context.tombstone(timeoutSeconds);
        List<MemcachedNode> told = new ArrayList<>();
        boolean decided = false;
        boolean alone = true;
        for (Held held : survey.copies()) {
            boolean ended = replace(survey, held, tombstone);
            if (!ended && !decided) {
                survey.forget();
                return null;
            }
            if (ended) {
                decided = true;
                told.add(held.node());
            } else if (!survey.hasFailed(held.node())) {
                alone &= !isEndedByAnother(survey, held.node(), tombstone.stamp());
            }
        }
        tellOthers(survey, told, tombstone);
        return alone;
    }

    /** Writes a tombstone that has decided to the nodes that were not told yet. */
    void tellOthers(Survey survey, List<MemcachedNode> told, Item tombstone) {
        List<MemcachedNode> rest = new ArrayList<>(survey.ring());
        rest.removeAll(told);
        rest.removeIf(survey::hasFailed);
        List<MemcachedNode> left = setOn(rest, survey.storageKey(), tombstone);
        survey.ring().stream().filter(survey::hasFailed).forEach(left::add);
        debts.oweTombstone(survey.storageKey(), left, tombstone);
    }

    private static boolean replace(Survey survey, Held held, Item tombstone) {
        MemcachedNode node = held.node();
        return isStored(survey, node, node.compareAndSet(survey.storageKey(), tombstone, held.token()));
    }

    /** A reader may have spread our own tombstone before we came to this copy: the same stamp tells. */
    private static boolean isEndedByAnother(Survey survey, MemcachedNode node, int ourStamp) {
        try {
            Optional<Copy> copy = node.fetch(survey.storageKey(), true, MemcachedNode.NO_RENEWAL)
                    .await();
            byte[] value = copy.isPresent() ? copy.get().value() : null;
            return value != null
                    && copy.get().stamp() != ourStamp
                    && SessionRecord.parse(value).isTombstone();
        } catch (NodeException e) {
            survey.failed(node, e);
            return false;
        } catch (RecordException e) {
            return false; // it is about to be replaced
        }
    }

    /**
     * Brings a tombstone that was found to the nodes that were asked and lack it.
     *
     * @return whether all nodes have it that should; who has not is owed it
     */
    boolean spread(Survey survey, Held tombstone) {
        return spread(survey, tombstone, Set.of());
    }

    /**
     * As {@link #spread(Survey, Held)}. Replaces nothing but what was seen: somebody may have told the node meanwhile where the session goes on, and
     * who ends it must find that there.
     *
     * @param givenUp the ids of a commit that fails by this, and need not be spared where it has arrived
     */
    boolean spread(Survey survey, Held tombstone, Set<Long> givenUp) {
        List<MemcachedNode> left = trySpread(survey, tombstone, givenUp);
        if (left.isEmpty()) {
            return true;
        }
        long now = context.time().nanos();
        long patience = context.timeToLive().patience().toNanos();
        if (debts.isEndOwedSince(survey.key(), now - patience) && endAll(survey, left)) {
            return true;
        }
        debts.oweEnd(survey.key(), left, now);
        return false;
    }

    /**
     * Ends what is left beside the tombstone of a former key, once nobody can be about to take it along any more. Should he be all the same, he finds
     * the session ended.
     */
    private boolean endAll(Survey survey, List<MemcachedNode> nodes) {
        boolean ended = true;
        for (MemcachedNode node : nodes) {
            Held held = survey.held(node);
            ended &= held != null
                    && replace(survey, held, context.tombstone(held.record().maxInactiveInterval()));
        }
        return ended;
    }

    /** Returns the nodes that should have the tombstone and may still have something else. */
    private List<MemcachedNode> trySpread(Survey survey, Held tombstone, Set<Long> givenUp) {
        Item item = new Item(tombstone.record().bytes(), tombstone.stamp(), lifeOf(tombstone));
        Map<MemcachedNode, NodeCall<Written>> calls = new LinkedHashMap<>();
        List<MemcachedNode> left = new ArrayList<>();
        for (MemcachedNode node : survey.ring()) {
            Held held = survey.held(node);
            boolean answered = survey.lacks(node, tombstone);
            if (answered && (held == null || mayReplace(held.record(), tombstone.record(), givenUp))) {
                calls.put(node, offer(survey, node, item));
            } else if (held == null
                    ? survey.home().contains(node)
                    : !held.record().isTombstone()) {
                left.add(node);
            }
        }
        calls.forEach((node, call) -> {
            if (!isStored(survey, node, call)) {
                left.add(node);
            }
        });
        return left;
    }

    private static boolean isStored(Survey survey, MemcachedNode node, NodeCall<Written> call) {
        try {
            return call.await().outcome() == Outcome.STORED;
        } catch (NodeException e) {
            survey.failed(node, e);
            return false;
        }
    }

    /**
     * Never another tombstone. A former key's tombstone replaces nothing but what the session under the new key was made of, or what was older:
     * anything else was stored by an app node that does not know of the change yet, and who changes the key takes it along.
     */
    private static boolean mayReplace(SessionRecord record, SessionRecord tombstone, Set<Long> givenUp) {
        return !record.isTombstone() && (tombstone.movedTo() == null || tombstone.tookAlong(record, givenUp));
    }

    private static NodeCall<Written> offer(Survey survey, MemcachedNode node, Item tombstone) {
        Held held = survey.held(node);
        if (held != null) {
            return node.compareAndSet(survey.storageKey(), tombstone, held.token());
        }
        return survey.isUnreadableOn(node)
                ? node.set(survey.storageKey(), tombstone)
                : node.add(survey.storageKey(), tombstone);
    }

    private static boolean isTombstone(@Nullable Held held) {
        return held != null && held.record().isTombstone();
    }

    private long lifeOf(Held tombstone) {
        long remaining = tombstone.remainingSeconds();
        return remaining < 0 ? context.timeToLive().ofTombstone(0) : Math.max(1, remaining);
    }

    /**
     * Gives tombstones their full life back that a renewal meant for the session has cut short: they must outlive every copy.
     */
    void lengthen(Survey survey, int timeoutSeconds) {
        long life = context.timeToLive().ofTombstone(timeoutSeconds);
        Map<MemcachedNode, NodeCall<Boolean>> calls = new LinkedHashMap<>();
        survey.copies().stream()
                .filter(Ending::isTombstone)
                .forEach(held -> calls.put(held.node(), held.node().touch(survey.storageKey(), life)));
        calls.forEach((node, call) -> {
            try {
                call.await();
            } catch (NodeException e) {
                // It has the life of a session left, and whoever asks for the session next does this again.
                log.debug("the tombstone on memcached node {} lives shorter than it should", node.id(), e);
            }
        });
    }
}
