package io.sessionfilter.internal.store;

import java.util.Optional;

/**
 * The operations of one memcached node, each one meta command (PROTOCOL.md; memcached's doc/protocol.txt, "Meta Commands").
 *
 * <p>Starting an operation never blocks; {@link NodeCall#await} waits for the answer, for at most one operation timeout and the time until its turn. A
 * write that timed out may have happened or may happen later. Keys are up to 250 bytes of printable ASCII without space; others are an
 * {@code IllegalArgumentException} before anything is sent. Safe for use by many threads.
 */
public interface MemcachedNode extends AutoCloseable {
    /** No renewal of the item's time to live with a read. */
    long NO_RENEWAL = -1;

    NodeId id();

    /** This moment's view; costs nothing, does no I/O. */
    NodeHealth health();

    /**
     * The largest value, in bytes, that the node takes under a key of the given length: its item size limit less the overhead. While the
     * node was never reached, that of memcached's default limit of 1 MiB.
     */
    int maxValueBytes(int keyLength);

    /**
     * Reads an item: {@code mg <key> [v] c f t [T<ttl>]}.
     *
     * @param withValue whether the bytes are wanted; without them the answer is small
     * @param renewTtlSeconds renews the item's time to live with the read; 0: never expires; {@link #NO_RENEWAL}: leaves it
     * @return the copy; empty if the node answered that it has none
     */
    NodeCall<Optional<Copy>> fetch(String key, boolean withValue, long renewTtlSeconds);

    /**
     * Replaces the copy that the token stands for: {@code ms <key> <len> C<cas> T<ttl> F<stamp> c}. A token of an earlier connection is
     * {@link Written.Outcome#EXISTS} without being sent. The incarnation is compared again after the answer: an answer of another
     * connection is a {@link NodeException} of kind {@link NodeException.Kind#UNKNOWN}.
     */
    NodeCall<Written> compareAndSet(String key, Item item, CasToken token);

    /** Stores if there is no such item: {@code ms <key> <len> ME T<ttl> F<stamp> c}. */
    NodeCall<Written> add(String key, Item item);

    /** Stores whatever is there; for tombstones only: {@code ms <key> <len> T<ttl> F<stamp> c}. */
    NodeCall<Written> set(String key, Item item);

    /**
     * Renews an item's time to live: {@code mg <key> T<ttl>}.
     *
     * @return whether the node has the item
     */
    NodeCall<Boolean> touch(String key, long ttlSeconds);

    /** Deletes the item that the token stands for; for locks only: {@code md <key> C<cas>}. Outcome STORED means: deleted. */
    NodeCall<Written> compareAndDelete(String key, CasToken token);

    /** Closes connections and threads, blocking for a bounded time; operations under way fail. Idempotent. */
    @Override
    void close();
}
