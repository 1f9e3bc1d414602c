package io.sessionfilter.internal.store;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.store.Survey.Held;
import io.sessionfilter.internal.time.TimeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What memcached nodes have not heard of yet (PROTOCOL.md section 5): invalidations, which are written as soon as the node can be reached
 * again, and commits, whose sessions are repaired then. Bounded; an app node that dies takes its debts with it. Safe for use by many
 * threads.
 */
final class Debts {
    private static final Logger log = LoggerFactory.getLogger(Debts.class);

    static final int MAX_DEBTS = 100_000;

    /** What is owed to some nodes. Not a record: the same debt made again is another, which its payment has not paid. */
    private static final class Owed {
        private static final long NOT_ENDED = Long.MAX_VALUE;

        final Set<MemcachedNode> nodes;

        /** To be written unconditionally; {@code null}: what is best is up to the repair. */
        final @Nullable Item tombstone;

        /** Since when the session is known to have ended, by {@link TimeSource#nanos()}. */
        final long endedNanos;

        Owed(Collection<MemcachedNode> nodes, @Nullable Item tombstone, long endedNanos) {
            this.nodes = Collections.unmodifiableSet(new LinkedHashSet<>(nodes));
            this.tombstone = tombstone;
            this.endedNanos = endedNanos;
        }

        /** This and an older one. */
        Owed and(Owed older) {
            Set<MemcachedNode> all = new LinkedHashSet<>(older.nodes);
            all.addAll(nodes);
            return new Owed(all, tombstone, Math.min(endedNanos, older.endedNanos));
        }

        Owed without(Predicate<MemcachedNode> paid) {
            return new Owed(nodes.stream().filter(paid.negate()).toList(), tombstone, endedNanos);
        }
    }

    /** By storage key. */
    private final Map<String, Owed> tombstones = new ConcurrentHashMap<>();

    /** By session key. */
    private final Map<String, Owed> copies = new ConcurrentHashMap<>();

    private final Metrics metrics;
    private volatile boolean full;

    Debts(Metrics metrics) {
        this.metrics = metrics;
    }

    /** An invalidation that has not reached some nodes. */
    void oweTombstone(String storageKey, List<MemcachedNode> nodes, Item tombstone) {
        if (nodes.isEmpty()) {
            return;
        }
        metrics.count(Counter.TOMBSTONES_OWED);
        if (tombstones.size() < MAX_DEBTS) {
            full = false;
            owe(tombstones, storageKey, new Owed(nodes, tombstone, Owed.NOT_ENDED));
        } else if (!full) {
            full = true;
            log.error(
                    "{} invalidated sessions could not be ended on memcached node {} and more are not noted: a session that"
                            + " was logged out now may come back when the node does",
                    MAX_DEBTS,
                    nodes.get(0).id());
        }
    }

    /** A commit that has not reached all nodes on which the session's copies belong. */
    void oweCopies(String key, Survey survey, Held committed) {
        List<MemcachedNode> home = survey.home();
        if (survey.haveAll(home, committed)) {
            return;
        }
        Set<MemcachedNode> lacking = new LinkedHashSet<>(home);
        survey.copies().stream()
                .filter(held -> held.stamp() == committed.stamp())
                .forEach(held -> lacking.remove(held.node()));
        oweRepair(key, new Owed(lacking, null, Owed.NOT_ENDED));
    }

    /** A tombstone that was found, and is to be on some nodes that could not be told, or have something that it may not replace. */
    void oweEnd(String key, List<MemcachedNode> nodes, long nowNanos) {
        if (!nodes.isEmpty()) {
            oweRepair(key, new Owed(nodes, null, nowNanos));
        }
    }

    /** Whether a session has been owed its end since a point in time or before, by {@link TimeSource#nanos()}. */
    boolean isEndOwedSince(String key, long nanos) {
        Owed owed = copies.get(key);
        return owed != null && owed.endedNanos <= nanos;
    }

    private void oweRepair(String key, Owed owed) {
        metrics.count(Counter.COPIES_OWED);
        if (copies.size() < MAX_DEBTS) { // what is beyond is repaired when the session is used again
            owe(copies, key, owed);
        }
    }

    private static void owe(Map<String, Owed> debts, String key, Owed owed) {
        debts.merge(key, owed, (older, newer) -> newer.and(older));
    }

    /** Owes nothing any more to nodes that are of no use any more. */
    void forgive(List<MemcachedNode> nodes) {
        for (Map<String, Owed> debts : List.of(tombstones, copies)) {
            debts.replaceAll((key, owed) -> owed.without(nodes::contains));
            debts.values().removeIf(owed -> owed.nodes.isEmpty());
        }
    }

    /** How many sessions are owed to some memcached node. */
    int size() {
        return tombstones.size() + copies.size();
    }

    /**
     * Pays what can be paid now, tombstones first. For one thread at a time.
     *
     * @param most how many at most
     * @param repair repairs a session, and says whether nothing is left to do
     */
    void pay(int most, Predicate<String> repair) {
        Set<MemcachedNode> failing = new HashSet<>();
        int left = most;
        for (Map.Entry<String, Owed> owed : tombstones.entrySet()) {
            if (left > 0 && isAnyUsable(owed.getValue(), failing)) {
                left--;
                payTombstone(owed.getKey(), owed.getValue(), failing);
            }
        }
        for (String key : List.copyOf(copies.keySet())) {
            Owed owed = copies.get(key);
            if (left > 0 && owed != null && isAnyUsable(owed, failing)) {
                left--;
                if (repair.test(key)) {
                    copies.remove(key, owed);
                } else {
                    owed.nodes.stream().filter(node -> !node.health().usable()).forEach(failing::add);
                    // Nodes that are up have what they can have until the others are: it must not take its turn each
                    // time.
                    Owed down = owed.without(node -> node.health().usable());
                    if (!down.nodes.isEmpty()) {
                        copies.replace(key, owed, down);
                    }
                }
            }
        }
    }

    private static boolean isAnyUsable(Owed owed, Set<MemcachedNode> failing) {
        return owed.nodes.stream().anyMatch(node -> node.health().usable() && !failing.contains(node));
    }

    private void payTombstone(String storageKey, Owed owed, Set<MemcachedNode> failing) {
        Item tombstone = Objects.requireNonNull(owed.tombstone);
        List<MemcachedNode> still = new ArrayList<>();
        for (MemcachedNode node : owed.nodes) {
            if (!node.health().usable() || failing.contains(node)) {
                still.add(node);
                continue;
            }
            try {
                node.set(storageKey, tombstone).await();
            } catch (NodeException e) {
                log.debug("still owed to memcached node {}: {} tombstones", node.id(), tombstones.size(), e);
                failing.add(node); // until the next time; the others are paid all the same
                still.add(node);
            }
        }
        if (still.isEmpty()) {
            tombstones.remove(storageKey, owed);
        } else {
            tombstones.replace(storageKey, owed, new Owed(still, tombstone, owed.endedNanos));
        }
    }
}
