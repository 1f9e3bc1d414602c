package io.sessionfilter.internal.store;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Draws session keys: {@value #LENGTH} letters and digits, 142 random bits. Safe for use by many threads if the generator is.
 *
 * <p>New sessions go to the usable memcached nodes in turn: keys are drawn until the ring starts at the wanted one, so that a session's
 * place is in its key and nothing else needs to know it (PROTOCOL.md section 1).
 */
final class SessionKeys {
    static final int LENGTH = 24;

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** A node that is wanted comes first for one key in (number of nodes): after so many tries any key will do. */
    private static final int MAX_TRIES_PER_NODE = 20;

    private final Ring ring;
    private final RandomGenerator secureRandom;
    private final AtomicInteger turn = new AtomicInteger();

    SessionKeys(Ring ring, RandomGenerator secureRandom) {
        this.ring = ring;
        this.secureRandom = secureRandom;
    }

    String next() {
        List<MemcachedNode> usable =
                ring.nodes().stream().filter(node -> node.health().usable()).toList();
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

    private String draw() {
        char[] key = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            key[i] = ALPHABET.charAt(secureRandom.nextInt(ALPHABET.length()));
        }
        return new String(key);
    }
}
