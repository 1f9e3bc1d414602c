package io.sessionfilter.internal.store;

import io.sessionfilter.internal.record.RecordException;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.store.Written.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One logout (PROTOCOL.md section 4): a tombstone on all nodes. By compare-and-set, so that the tombstone of a change of key is seen by who ends the
 * session under the former key, or else his by who changes it. Used once, by one thread.
 */
final class Invalidating {
    private static final Logger log = LoggerFactory.getLogger(Invalidating.class);

    private final StoreContext context;
    private final Debts debts;
    private final String storageKey;
    private final List<MemcachedNode> ring;
    private final Item tombstone;

    /** Under which key the session goes on. */
    private @Nullable String movedTo;

    Invalidating(StoreContext context, Debts debts, String key, int timeoutSeconds) {
        this.context = context;
        this.debts = debts;
        this.storageKey = context.storageKey(key);
        this.ring = context.homes(key).ring();
        this.tombstone = context.tombstone(timeoutSeconds);
    }

    /**
     * Ends the session under this key.
     *
     * @param known what the near-cache has
     * @return the key under which it goes on; {@code null}: under none
     */
    @Nullable
    String run(@Nullable StoredRecord known) {
        List<MemcachedNode> left = new ArrayList<>();
        Map<MemcachedNode, NodeCall<Written>> calls = new LinkedHashMap<>();
        boolean knowsAny = ring.stream().anyMatch(node -> tokenOf(node, known) != null);
        for (MemcachedNode node : ring) {
            CasToken token = tokenOf(node, known);
            if (!node.health().usable()) {
                left.add(node);
            } else if (token != null) {
                calls.put(node, node.compareAndSet(storageKey, tombstone, token));
            } else if (knowsAny) { // one node that both have to pass is enough
                calls.put(node, node.set(storageKey, tombstone));
            } else {
                calls.put(node, () -> new Written(Outcome.EXISTS, null));
            }
        }
        calls.forEach((node, call) -> {
            try {
                if (call.await().outcome() != Outcome.STORED) {
                    replace(node);
                }
            } catch (NodeException e) {
                log.debug("a tombstone is owed to memcached node {}", node.id(), e);
                left.add(node);
            }
        });
        debts.oweTombstone(storageKey, left, tombstone);
        return movedTo;
    }

    private static @Nullable CasToken tokenOf(MemcachedNode node, @Nullable StoredRecord known) {
        return known == null || !node.health().usable() ? null : known.token(node);
    }

    /** Replaces what is there, which is looked at first. */
    private void replace(MemcachedNode node) throws NodeException {
        for (int attempt = 0; attempt < StoreContext.MAX_ATTEMPTS; attempt++) {
            Optional<Copy> copy =
                    node.fetch(storageKey, true, MemcachedNode.NO_RENEWAL).await();
            if (copy.isPresent() && hasEnded(copy.get())) {
                return;
            }
            Written written = copy.isEmpty()
                    ? node.add(storageKey, tombstone).await()
                    : node.compareAndSet(storageKey, tombstone, copy.get().token())
                            .await();
            if (written.outcome() == Outcome.STORED) {
                return;
            }
            context.pauseAfter(attempt);
        }
        Written unused = node.set(storageKey, tombstone).await();
    }

    private boolean hasEnded(Copy copy) {
        byte[] value = copy.value();
        try {
            SessionRecord record = value == null ? SessionRecord.NOTHING : SessionRecord.parse(value);
            String key = record.movedTo();
            if (key != null) {
                movedTo = key;
            }
            return record.isTombstone() && key == null;
        } catch (RecordException e) {
            return false; // whatever it is, it ends
        }
    }
}
