package io.sessionfilter.internal.store;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.record.RecordException;
import io.sessionfilter.internal.record.SessionRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the memcached nodes say of one session, in one operation on it (PROTOCOL.md sections 1 and 2). Used by one thread.
 *
 * <p>The <em>chosen</em> nodes are the first usable ones of the session's ring, as many as there are to be copies. A node with which any
 * operation has failed is not usable any more, as far as this survey is concerned.
 */
final class Survey {
    /**
     * One node's copy.
     *
     * @param remainingSeconds to live; -1: for ever
     */
    record Held(MemcachedNode node, CasToken token, int stamp, SessionRecord record, long remainingSeconds) {}

    private final StoreContext context;
    private final String key;
    private final String storageKey;
    private final Membership.Homes homes;

    /** By stamp, each record that was seen: a copy is fetched without its value, and recognized. */
    private final Map<Integer, SessionRecord> seen = new HashMap<>();

    /** Empty: the node has none. */
    private final Map<MemcachedNode, Optional<Held>> answers = new HashMap<>();

    private final Set<MemcachedNode> failed = new HashSet<>();
    private @Nullable StoredRecord known;
    private @Nullable NodeException failure;
    private final Set<MemcachedNode> unreadableOn = new HashSet<>();
    private @Nullable RecordException unreadable;
    private boolean assumedMissing;
    private boolean assumed;

    /**
     * @param known what the near-cache has; {@code null}: nothing
     */
    Survey(StoreContext context, String key, @Nullable StoredRecord known) {
        this.context = context;
        this.key = key;
        this.storageKey = context.storageKey(key);
        this.homes = context.homes(key);
        if (known != null) {
            know(known);
        }
    }

    String key() {
        return key;
    }

    String storageKey() {
        return storageKey;
    }

    /** The nodes on which the session may live, in order. */
    List<MemcachedNode> ring() {
        return homes.ring();
    }

    /** The nodes that have the copies when all nodes are up. */
    List<MemcachedNode> home() {
        return homes.first(context.copies(), node -> true);
    }

    /** This app node has a later record in its near-cache by now. */
    void know(StoredRecord newest) {
        known = newest;
        seen.put(newest.stamp(), newest.record());
    }

    /** Takes the known copies for granted, where their tokens are of the present connection: a write will tell. */
    void assumeKnown() {
        if (known == null) {
            return;
        }
        assumed = true;
        for (MemcachedNode node : ring()) {
            CasToken token = known.token(node);
            if (token != null && token.incarnation() == node.health().incarnation()) {
                answers.put(node, Optional.of(new Held(node, token, known.stamp(), known.record(), -1)));
            }
        }
    }

    /** Takes it for granted that no node has a copy, since the key was just drawn: a write will tell. */
    void assumeMissing() {
        assumedMissing = true;
    }

    /** Any surprise voids all that was known (PROTOCOL.md section 3): somebody else is at work. */
    void forget() {
        answers.clear();
        unreadable = null;
        unreadableOn.clear();
        assumedMissing = false;
        assumed = false;
    }

    /** Whether the near-cache was taken at its word, and no node was asked. */
    boolean isAssumed() {
        return assumed;
    }

    /**
     * Asks whom it has not asked yet: the chosen nodes, and if any of them misses the session, all others. One round trip, and one more for
     * a value that was not expected; a node that fails makes room for the next.
     *
     * @param renewTtlSeconds renews the chosen ones' copies with it; {@link MemcachedNode#NO_RENEWAL}: does not
     * @return the chosen ones; empty: none is usable
     * @throws RecordException if a copy cannot be read, and there is no tombstone
     */
    List<MemcachedNode> ask(long renewTtlSeconds) throws RecordException {
        while (true) {
            List<MemcachedNode> chosen = chosen();
            if (!askThose(chosen, renewTtlSeconds)
                    && !(anyMisses(chosen) && askThose(usable(), MemcachedNode.NO_RENEWAL))) {
                if (unreadable != null && !hasEnded()) {
                    throw unreadable;
                }
                return chosen;
            }
        }
    }

    private List<MemcachedNode> usable() {
        return ring().stream().filter(this::isUsable).toList();
    }

    private boolean isUsable(MemcachedNode node) {
        return !failed.contains(node) && node.health().usable();
    }

    private List<MemcachedNode> chosen() {
        return homes.first(context.copies(), this::isUsable);
    }

    private boolean anyMisses(List<MemcachedNode> nodes) {
        return !assumedMissing && nodes.stream().anyMatch(node -> held(node) == null);
    }

    /** Asks those of the nodes that have not answered yet; {@code false}: there are none. */
    private boolean askThose(List<MemcachedNode> nodes, long renewTtlSeconds) {
        if (assumedMissing) {
            return false;
        }
        boolean withValue = seen.isEmpty();
        Map<MemcachedNode, NodeCall<Optional<Copy>>> calls = new LinkedHashMap<>();
        for (MemcachedNode node : nodes) {
            if (!answers.containsKey(node)) {
                calls.put(node, node.fetch(storageKey, withValue, renewTtlSeconds));
                withValue = false; // the others most probably have the same
            }
        }
        Map<MemcachedNode, Copy> unrecognized = new LinkedHashMap<>();
        calls.forEach((node, call) -> {
            Copy copy = take(node, call);
            if (copy != null) {
                unrecognized.put(node, copy);
            }
        });
        unrecognized.forEach((node, copy) -> {
            if (!recognize(node, copy)) {
                take(node, node.fetch(storageKey, true, MemcachedNode.NO_RENEWAL));
            }
        });
        return !calls.isEmpty();
    }

    /** Waits for an answer and notes it; not {@code null}: a copy whose value is needed. */
    private @Nullable Copy take(MemcachedNode node, NodeCall<Optional<Copy>> call) {
        try {
            Optional<Copy> answer = call.await();
            if (answer.isEmpty()) {
                answers.put(node, Optional.empty());
            } else {
                Copy copy = answer.get();
                byte[] value = copy.value();
                if (value != null) {
                    seen.put(copy.stamp(), SessionRecord.parse(value));
                }
                return recognize(node, copy) ? null : copy;
            }
        } catch (NodeException e) {
            failed(node, e);
        } catch (RecordException e) {
            context.metrics().count(Counter.RECORDS_UNREADABLE);
            unreadable = e;
            unreadableOn.add(node);
            answers.put(node, Optional.empty());
        }
        return null;
    }

    private boolean recognize(MemcachedNode node, Copy copy) {
        SessionRecord record = seen.get(copy.stamp());
        if (record != null) {
            answers.put(node, Optional.of(new Held(node, copy.token(), copy.stamp(), record, copy.remainingSeconds())));
        }
        return record != null;
    }

    /** An operation on a node has failed: it takes no part any more. */
    void failed(MemcachedNode node, NodeException cause) {
        failed.add(node);
        answers.remove(node);
        failure = cause;
    }

    boolean hasFailed(MemcachedNode node) {
        return failed.contains(node);
    }

    /** A write was acknowledged. */
    void wrote(MemcachedNode node, Written written, SessionRecord record, Item item) {
        CasToken token = Objects.requireNonNull(written.token(), "a write that was stored has a token");
        seen.put(item.stamp(), record);
        answers.put(node, Optional.of(new Held(node, token, item.stamp(), record, item.ttlSeconds())));
    }

    /** The node's copy, as far as it is known; {@code null}: none. */
    @Nullable
    Held held(MemcachedNode node) {
        return answers.getOrDefault(node, Optional.empty()).orElse(null);
    }

    /** All copies, in the order of the ring. */
    List<Held> copies() {
        List<Held> copies = new ArrayList<>(ring().size());
        for (MemcachedNode node : ring()) {
            Held held = held(node);
            if (held != null) {
                copies.add(held);
            }
        }
        return copies;
    }

    /** The latest copy; {@code null}: nobody has one. */
    @Nullable
    Held best() {
        Held best = null;
        for (Held held : copies()) {
            if (best == null || StoredRecord.isNewer(held.record(), held.stamp(), best.record(), best.stamp())) {
                best = held;
            }
        }
        return best;
    }

    boolean hasEnded() {
        Held best = best();
        return best != null && best.record().isTombstone();
    }

    /** Whether a node has answered that it has none, or something else than the given copy. */
    boolean lacks(MemcachedNode node, Held copy) {
        Held held = held(node);
        return held == null ? answers.containsKey(node) : held.stamp() != copy.stamp();
    }

    /** Whether the node has something that is no record to this version. */
    boolean isUnreadableOn(MemcachedNode node) {
        return unreadableOn.contains(node);
    }

    /** Whether all of the nodes have the given copy. */
    boolean haveAll(List<MemcachedNode> nodes, Held copy) {
        return nodes.stream().allMatch(node -> {
            Held held = held(node);
            return held != null && held.stamp() == copy.stamp();
        });
    }

    /** What this app node knows from now on. */
    StoredRecord stored(Held copy, long askedNanos) {
        Map<NodeId, CasToken> tokens = new HashMap<>();
        for (Held held : copies()) {
            if (held.stamp() == copy.stamp()) {
                tokens.put(held.node().id(), held.token());
            }
        }
        return new StoredRecord(copy.record(), copy.stamp(), tokens, askedNanos);
    }

    /** How long ago the session was used, by the copy that was renewed last. */
    long idleSeconds() {
        return copies().stream()
                .mapToLong(held ->
                        context.timeToLive().idleSeconds(held.record().maxInactiveInterval(), held.remainingSeconds()))
                .min()
                .orElse(0);
    }

    /**
     * Whether the misses prove that there is no such session: every node has answered; or so few could not be asked that one of the copies
     * would have been on another, and none of those that answered may have lost it.
     */
    boolean provesAbsence() {
        long now = context.time().nanos();
        long ttl = context.longestTtl().get();
        int answered = 0;
        int unasked = 0;
        boolean suspect = false;
        for (MemcachedNode node : ring()) {
            NodeHealth health = node.health();
            if (answers.containsKey(node)) {
                answered++;
                suspect |= health.isSuspect(now, ttl);
            } else if (!health.isDownFor(now, ttl)) {
                unasked++;
            }
        }
        return answered > 0 && (unasked == 0 || (unasked < context.copies() && !suspect));
    }

    /** Why there is no answer. */
    NodeException failure() {
        NodeException last = failure;
        if (last != null) {
            return last;
        }
        NodeId first = ring().get(0).id();
        return new NodeException(
                NodeException.Kind.UNAVAILABLE,
                first,
                "memcached node " + first + (ring().size() > 1 ? " and the others of the session are" : " is")
                        + " down",
                null);
    }
}
