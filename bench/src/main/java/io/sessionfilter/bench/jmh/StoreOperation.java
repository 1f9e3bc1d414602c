package io.sessionfilter.bench.jmh;

import io.sessionfilter.bench.jmh.StoreBenchmark.Connections;
import io.sessionfilter.internal.store.CasToken;
import io.sessionfilter.internal.store.CommitResult;
import io.sessionfilter.internal.store.Item;
import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.OpenResult;
import io.sessionfilter.internal.store.ReplicatedStore;
import io.sessionfilter.internal.store.StoredRecord;
import io.sessionfilter.internal.store.Written;
import java.util.Objects;
import java.util.UUID;
import net.rubyeye.xmemcached.MemcachedClient;

/** One operation on memcached, by xmemcached's own command or by ours. */
public enum StoreOperation {
    /** xmemcached: {@code touch}. */
    RAW_TOUCH("xmemcached: touch") {
        @Override
        Prepared prepare(Connections connections, int bytes) throws Exception {
            MemcachedClient raw = connections.raw;
            String key = stored(raw, bytes);
            return () -> raw.touch(key, TTL_SECONDS);
        }
    },
    /** A read that moves no value and renews. */
    NODE_VALIDATE("node: validate") {
        @Override
        Prepared prepare(Connections connections, int bytes) throws Exception {
            MemcachedNode node = connections.nodes.get(0);
            String key = key();
            add(node, key, bytes);
            return () -> node.fetch(key, false, TTL_SECONDS).await().orElseThrow();
        }
    },
    /** One copy that is known. */
    OPEN_ONE_COPY("store: open, 1 copy") {
        @Override
        Prepared prepare(Connections connections, int bytes) {
            return open(connections.oneCopy, bytes);
        }
    },
    /** Two copies that are known. */
    OPEN_TWO_COPIES("store: open, 2 copies") {
        @Override
        Prepared prepare(Connections connections, int bytes) {
            return open(connections.twoCopies, bytes);
        }
    },
    /** xmemcached: {@code get}. */
    RAW_GET("xmemcached: get") {
        @Override
        Prepared prepare(Connections connections, int bytes) throws Exception {
            MemcachedClient raw = connections.raw;
            String key = stored(raw, bytes);
            return () -> Objects.requireNonNull(raw.get(key));
        }
    },
    /** A read with its value. */
    NODE_FETCH("node: fetch") {
        @Override
        Prepared prepare(Connections connections, int bytes) throws Exception {
            MemcachedNode node = connections.nodes.get(0);
            String key = key();
            add(node, key, bytes);
            return () -> node.fetch(key, true, TTL_SECONDS).await().orElseThrow();
        }
    },
    /** xmemcached: {@code set}. */
    RAW_SET("xmemcached: set") {
        @Override
        Prepared prepare(Connections connections, int bytes) throws Exception {
            MemcachedClient raw = connections.raw;
            String key = stored(raw, bytes);
            byte[] value = new byte[bytes];
            return () -> raw.set(key, TTL_SECONDS, value);
        }
    },
    /** A write on what is known. */
    NODE_COMPARE_AND_SET("node: compare and set") {
        @Override
        Prepared prepare(Connections connections, int bytes) throws Exception {
            MemcachedNode node = connections.nodes.get(0);
            String key = key();
            Item item = new Item(new byte[bytes], 1, TTL_SECONDS);
            CasToken[] token = {add(node, key, bytes)};
            return () ->
                    token[0] = stored(node.compareAndSet(key, item, token[0]).await());
        }
    },
    /** A change of one attribute, stored once. */
    COMMIT_ONE_COPY("store: commit, 1 copy") {
        @Override
        Prepared prepare(Connections connections, int bytes) {
            return commit(connections.oneCopy, bytes);
        }
    },
    /** A change of one attribute, stored twice, one after the other. */
    COMMIT_TWO_COPIES("store: commit, 2 copies") {
        @Override
        Prepared prepare(Connections connections, int bytes) {
            return commit(connections.twoCopies, bytes);
        }
    };

    /** An operation on a session that is there. */
    @FunctionalInterface
    interface Prepared {
        Object run() throws Exception;
    }

    private static final int TTL_SECONDS = 1800;

    private final String title;

    StoreOperation(String title) {
        this.title = title;
    }

    /** For people. */
    String title() {
        return title;
    }

    /** Stores a session of its own to operate on. */
    abstract Prepared prepare(Connections connections, int bytes) throws Exception;

    private static String key() {
        return "bench:" + UUID.randomUUID();
    }

    private static String stored(MemcachedClient raw, int bytes) throws Exception {
        String key = key();
        if (!raw.set(key, TTL_SECONDS, new byte[bytes])) {
            throw new IllegalStateException("not stored");
        }
        return key;
    }

    private static CasToken add(MemcachedNode node, String key, int bytes) throws Exception {
        return stored(node.add(key, new Item(new byte[bytes], 1, TTL_SECONDS)).await());
    }

    private static CasToken stored(Written written) {
        return Objects.requireNonNull(written.token(), "not stored");
    }

    private static Prepared open(ReplicatedStore store, int bytes) {
        String key = store.newKey();
        StoredRecord known = stored(store.commit(key, null, new OneOfTwenty(bytes)));
        return () -> {
            OpenResult result = store.open(key, known, 0);
            if (!(result instanceof OpenResult.Found)) {
                throw new IllegalStateException("not found: " + result);
            }
            return result;
        };
    }

    private static Prepared commit(ReplicatedStore store, int bytes) {
        String key = store.newKey();
        OneOfTwenty change = new OneOfTwenty(bytes);
        StoredRecord[] known = {stored(store.commit(key, null, change))};
        return () -> known[0] = stored(store.commit(key, known[0], change));
    }

    private static StoredRecord stored(CommitResult result) {
        if (result instanceof CommitResult.Stored stored) {
            return stored.stored();
        }
        throw new IllegalStateException("not stored: " + result);
    }
}
