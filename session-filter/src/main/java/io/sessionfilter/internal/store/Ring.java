package io.sessionfilter.internal.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order of the memcached nodes for a session, which depends on nothing but the session's key and the node ids (PROTOCOL.md section 1):
 * rendezvous hashing, so that a changed node list moves only its share of the sessions. Immutable.
 */
public final class Ring {
    /** Copies never live further out while fewer than seven nodes are down at once. */
    private static final int MAX_NODES_PER_KEY = 8;

    private final List<MemcachedNode> nodes;
    private final long[] idHashes;

    /**
     * @param nodes all configured nodes, in any order
     */
    public Ring(List<? extends MemcachedNode> nodes) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a ring needs a memcached node");
        }
        this.nodes = List.copyOf(nodes);
        idHashes =
                this.nodes.stream().mapToLong(node -> hash(node.id().value())).toArray();
    }

    /** All nodes, as configured. */
    public List<MemcachedNode> nodes() {
        return nodes;
    }

    /** The node on which the session's first copy lives. */
    public MemcachedNode first(String key) {
        long keyHash = hash(key);
        int best = 0;
        for (int i = 1; i < idHashes.length; i++) {
            if (outweighs(keyHash, i, best)) {
                best = i;
            }
        }
        return nodes.get(best);
    }

    /** The nodes on which a session may live, in the order of the key: the first {@value #MAX_NODES_PER_KEY}. */
    List<MemcachedNode> nodes(String key) {
        long keyHash = hash(key);
        return IntStream.range(0, idHashes.length)
                .boxed()
                .sorted((one, other) -> outweighs(keyHash, one, other) ? -1 : 1)
                .limit(MAX_NODES_PER_KEY)
                .map(nodes::get)
                .toList();
    }

    private boolean outweighs(long keyHash, int one, int other) {
        int order = Long.compareUnsigned(mix(keyHash ^ idHashes[one]), mix(keyHash ^ idHashes[other]));
        return order > 0 || (order == 0 && id(one).compareTo(id(other)) < 0);
    }

    private String id(int index) {
        return nodes.get(index).id().value();
    }

    /** FNV-1a, 64 bit. All app nodes must agree on it, of whatever version: never to be changed. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The finalizer of MurmurHash3, 64 bit: spreads what FNV leaves close together. Never to be changed either. */
    private static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
