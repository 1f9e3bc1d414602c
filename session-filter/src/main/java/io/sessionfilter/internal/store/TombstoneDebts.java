package io.sessionfilter.internal.store;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invalidations that a memcached node has not heard of yet (PROTOCOL.md section 5): written as soon as it can be reached again. Bounded; an
 * app node that dies takes its debts with it.
 */
final class TombstoneDebts {
    private static final Logger log = LoggerFactory.getLogger(TombstoneDebts.class);

    static final int MAX_DEBTS = 100_000;

    private record Debt(MemcachedNode node, Item tombstone) {}

    private final Map<String, Debt> debts = new ConcurrentHashMap<>();
    private final Metrics metrics;

    TombstoneDebts(Metrics metrics) {
        this.metrics = metrics;
    }

    void add(String storageKey, MemcachedNode node, Item tombstone) {
        metrics.count(Counter.TOMBSTONES_OWED);
        if (debts.size() >= MAX_DEBTS) {
            log.error(
                    "{} invalidated sessions could not be ended on memcached node {} and more are not noted: a session that"
                            + " was logged out now may come back when the node does",
                    MAX_DEBTS,
                    node.id());
            return;
        }
        debts.put(storageKey, new Debt(node, tombstone));
    }

    int size() {
        return debts.size();
    }

    /** Writes what can be written now. For one thread at a time. */
    void pay() {
        Iterator<Map.Entry<String, Debt>> each = debts.entrySet().iterator();
        Set<MemcachedNode> failing = new HashSet<>();
        while (each.hasNext()) {
            Map.Entry<String, Debt> owed = each.next();
            Debt debt = owed.getValue();
            if (!debt.node().health().usable() || failing.contains(debt.node())) {
                continue;
            }
            try {
                debt.node().set(owed.getKey(), debt.tombstone()).await();
                each.remove();
            } catch (NodeException e) {
                log.debug(
                        "still owed to memcached node {}: {} tombstones",
                        debt.node().id(),
                        size(),
                        e);
                failing.add(debt.node()); // until the next time; the others are paid all the same
            }
        }
    }
}
