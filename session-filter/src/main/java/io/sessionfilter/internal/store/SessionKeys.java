package io.sessionfilter.internal.store;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Draws session keys: {@value #LENGTH} letters and digits, 142 random bits. Safe for use by many threads if the generator is.
 *
 * <p>New sessions go to the usable memcached nodes in turn, to {@code failoverNodes} only when no other is up: keys are drawn until the ring starts at the wanted one, so that a session's
 * place is in its key and nothing else needs to know it (PROTOCOL.md section 1).
 */
final class SessionKeys {
    static final int LENGTH = 24;

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** A node that is wanted comes first for one key in (number of nodes): after so many tries any key will do. */
    private static final int MAX_TRIES_PER_NODE = 20;

    private final Membership membership;
    private final Set<NodeId> failoverNodes;
    private final RandomGenerator secureRandom;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param failoverNodes on which sessions are started only when no other is up
     */
    SessionKeys(Membership membership, Set<NodeId> failoverNodes, RandomGenerator secureRandom) {
        this.membership = membership;
        this.failoverNodes = failoverNodes;
        this.secureRandom = secureRandom;
    }

    String next() {
        Ring ring = membership.ring();
        List<MemcachedNode> usable = usable(ring, false);
        if (usable.isEmpty()) {
            usable = usable(ring, true);
        }
        if (usable.isEmpty()) {
            return draw();
        }
        MemcachedNode wanted = usable.get(Math.floorMod(turn.getAndIncrement(), usable.size()));
        String key = draw();
        for (int i = MAX_TRIES_PER_NODE * ring.nodes().size(); i > 0 && ring.first(key) != wanted; i--) {
            key = draw();
        }
        return key;
    }

    private List<MemcachedNode> usable(Ring ring, boolean failover) {
        return ring.nodes().stream()
                .filter(node -> node.health().usable() && failoverNodes.contains(node.id()) == failover)
                .toList();
    }

    private String draw() {
        char[] key = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            key[i] = ALPHABET.charAt(secureRandom.nextInt(ALPHABET.length()));
        }
        return new String(key);
    }
}
