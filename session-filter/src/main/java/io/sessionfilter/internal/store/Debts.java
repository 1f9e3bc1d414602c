package io.sessionfilter.internal.store;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.store.Survey.Held;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
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

    private record Owed(Set<MemcachedNode> nodes, Item tombstone) {
        Owed and(Owed other) {
            Set<MemcachedNode> all = new LinkedHashSet<>(nodes);
            all.addAll(other.nodes);
            return new Owed(all, other.tombstone);
        }
    }

    /** By storage key. */
    private final Map<String, Owed> tombstones = new ConcurrentHashMap<>();

    /** By session key, which nodes lack a copy. */
    private final Map<String, Set<MemcachedNode>> copies = new ConcurrentHashMap<>();

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
            tombstones.merge(storageKey, new Owed(Set.copyOf(nodes), tombstone), Owed::and);
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
        metrics.count(Counter.COPIES_OWED);
        if (copies.size() < MAX_DEBTS) { // what is beyond is repaired when the session is used again
            Set<MemcachedNode> lacking = new LinkedHashSet<>(home);
            survey.copies().stream()
                    .filter(held -> held.stamp() == committed.stamp())
                    .forEach(held -> lacking.remove(held.node()));
            copies.put(key, Set.copyOf(lacking));
        }
    }

    /** Owes nothing any more to nodes that are of no use any more. */
    void forgive(List<MemcachedNode> nodes) {
        tombstones.replaceAll((key, owed) -> new Owed(without(owed.nodes(), nodes), owed.tombstone()));
        tombstones.values().removeIf(owed -> owed.nodes().isEmpty());
        copies.replaceAll((key, lacking) -> without(lacking, nodes));
        copies.values().removeIf(Set::isEmpty);
    }

    private static Set<MemcachedNode> without(Set<MemcachedNode> nodes, List<MemcachedNode> others) {
        Set<MemcachedNode> left = new LinkedHashSet<>(nodes);
        others.forEach(left::remove);
        return left;
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
            if (left > 0 && isAnyUsable(owed.getValue().nodes(), failing)) {
                left--;
                payTombstone(owed.getKey(), owed.getValue(), failing);
            }
        }
        for (String key : List.copyOf(copies.keySet())) {
            Set<MemcachedNode> nodes = copies.getOrDefault(key, Set.of());
            if (left > 0 && isAnyUsable(nodes, failing)) {
                left--;
                if (repair.test(key)) {
                    copies.remove(key, nodes);
                } else {
                    nodes.stream().filter(node -> !node.health().usable()).forEach(failing::add);
                }
            }
        }
    }

    private static boolean isAnyUsable(Set<MemcachedNode> nodes, Set<MemcachedNode> failing) {
        return nodes.stream().anyMatch(node -> node.health().usable() && !failing.contains(node));
    }

    private void payTombstone(String storageKey, Owed owed, Set<MemcachedNode> failing) {
        List<MemcachedNode> still = new ArrayList<>();
        for (MemcachedNode node : owed.nodes()) {
            if (!node.health().usable() || failing.contains(node)) {
                still.add(node);
                continue;
            }
            try {
                node.set(storageKey, owed.tombstone()).await();
            } catch (NodeException e) {
                log.debug("still owed to memcached node {}: {} tombstones", node.id(), tombstones.size(), e);
                failing.add(node); // until the next time; the others are paid all the same
                still.add(node);
            }
        }
        if (still.isEmpty()) {
            tombstones.remove(storageKey, owed);
        } else {
            tombstones.replace(storageKey, owed, new Owed(Set.copyOf(still), owed.tombstone()));
        }
    }
}
