package io.sessionfilter.testkit;

import io.sessionfilter.internal.time.TimeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What memcached 1.6.18 keeps, and what its operations do to it: a model without any I/O, whose clock is passed in. The
 * node contract's tests run against it and against the program, so that it is proven true. Evicts
 * only what it is told to. Safe for use by many threads.
 */
public final class MemcachedModel {
    /** What memcached takes unless it is told otherwise: 1 MiB for an item with key and overhead. */
    public static final int DEFAULT_ITEM_SIZE_MAX = 1024 * 1024;

    private static final long NEVER = Long.MAX_VALUE;
    private static final long MAX_RELATIVE_SECONDS = 30L * 24 * 60 * 60;
    private static final int ITEM_OVERHEAD_BYTES = 60;

    private final TimeSource time;
    private final int itemSizeMax;
    private final Map<String, Kept> items = new HashMap<>();
    private long lastCas;
    private long pid;
    private long startedAtSeconds;

    /** What became of a write. */
    public enum Stored {
        /** It is stored. */
        STORED,
        /** An add found an item, or a replace found none. */
        NOT_STORED,
        /** The item is another one than the cas value says. */
        EXISTS,
        /** There is nothing to compare with. */
        NOT_FOUND,
        /** It is too large; the item that was there before is gone, unless it was a classic add. */
        TOO_LARGE
    }

    /** On which condition a write is done. */
    public enum Mode {
        /** Always. */
        SET,
        /** If there is no item. */
        ADD,
        /** If there is one. */
        REPLACE
    }

    /**
     * An item as it is read.
     *
     * @param value its bytes; not to be changed
     * @param flags the client flags, 32 bits without sign
     * @param cas its cas value
     * @param remainingSeconds how long it has to live; -1: for ever
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Found(byte[] value, long flags, long cas, long remainingSeconds) {}

    /**
     * What a write answers.
     *
     * @param outcome what became of it
     * @param cas the new item's, 0 if it was not stored
     */
    public record StoreResult(Stored outcome, long cas) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(byte[] value, long flags, long cas, long expiresAtSeconds) {}

    /**
     * Creates an empty one that takes items of the default size.
     *
     * @param time only its wall clock counts, in whole seconds
     */
    public MemcachedModel(TimeSource time) {
        this(time, DEFAULT_ITEM_SIZE_MAX);
    }

    /**
     * Creates an empty one.
     *
     * @param time only its wall clock counts, in whole seconds
     * @param itemSizeMax the largest item, with key and overhead
     */
    public MemcachedModel(TimeSource time, int itemSizeMax) {
        this.time = time;
        this.itemSizeMax = itemSizeMax;
        this.pid = 1;
        this.startedAtSeconds = time.millis() / 1000;
    }

    /**
     * Reads an item.
     *
     * @param key its key
     * @return the item, empty if there is none or it has expired
     */
    public synchronized Optional<Found> get(String key) {
        Kept kept = live(key);
        return kept == null ? Optional.empty() : Optional.of(found(kept));
    }

    /**
     * Gives an item another time to live.
     *
     * @param key its key
     * @param expiry as memcached reads it: relative, absolute above 30 days, never if 0, at once if negative
     * @return whether there is such an item
     */
    public synchronized boolean touch(String key, long expiry) {
        Kept kept = live(key);
        if (kept == null) {
            return false;
        }
        items.put(key, new Kept(kept.value, kept.flags, kept.cas, expiresAt(expiry)));
        return true;
    }

    /**
     * Writes an item.
     *
     * @param mode on which condition
     * @param key its key
     * @param value its bytes; not to be changed any more
     * @param flags its client flags
     * @param expiry as memcached reads it
     * @param cas writes only if the item has this cas value; empty: do not compare
     * @return what became of it
     */
    public synchronized StoreResult store(
            Mode mode, String key, byte[] value, long flags, long expiry, OptionalLong cas) {
        if (isTooLarge(key, value.length)) {
            return new StoreResult(Stored.TOO_LARGE, 0);
        }
        Kept kept = live(key);
        Stored refusal = refusal(mode, kept, cas);
        if (refusal != Stored.STORED) {
            return new StoreResult(refusal, 0);
        }
        lastCas++;
        items.put(key, new Kept(value, flags, lastCas, expiresAt(expiry)));
        return new StoreResult(Stored.STORED, lastCas);
    }

    private static Stored refusal(Mode mode, @Nullable Kept kept, OptionalLong cas) {
        boolean exists = kept != null;
        if ((mode == Mode.ADD && exists) || (mode == Mode.REPLACE && !exists)) {
            return Stored.NOT_STORED;
        }
        if (cas.isEmpty() || mode == Mode.ADD) {
            return Stored.STORED;
        }
        if (kept == null) {
            return Stored.NOT_FOUND;
        }
        return kept.cas == cas.getAsLong() ? Stored.STORED : Stored.EXISTS;
    }

    /**
     * Whether an item would be refused for its size.
     *
     * @param key its key
     * @param valueBytes the length of its value
     * @return whether it is too large
     */
    public boolean isTooLarge(String key, int valueBytes) {
        return (long) valueBytes + key.length() + ITEM_OVERHEAD_BYTES > itemSizeMax;
    }

    /**
     * Deletes an item.
     *
     * @param key its key
     * @param cas deletes only if the item has this cas value; empty: do not compare
     * @return STORED if it is deleted, else why not
     */
    public synchronized Stored delete(String key, OptionalLong cas) {
        Kept kept = live(key);
        if (kept == null) {
            return Stored.NOT_FOUND;
        }
        if (cas.isPresent() && cas.getAsLong() != kept.cas) {
            return Stored.EXISTS;
        }
        items.remove(key);
        return Stored.STORED;
    }

    /**
     * Forgets an item, as memcached does to make room for others.
     *
     * @param key its key
     */
    public synchronized void evict(String key) {
        items.remove(key);
    }

    /** Drops all items; cas values go on, and this takes one. */
    public synchronized void flushAll() {
        lastCas++;
        items.clear();
    }

    /** Becomes another process: empty, with another process id, cas values from 1. */
    public synchronized void restart() {
        items.clear();
        lastCas = 0;
        pid++;
        startedAtSeconds = nowSeconds();
    }

    /**
     * The process id that it claims.
     *
     * @return another one after each restart
     */
    public synchronized long pid() {
        return pid;
    }

    /**
     * How long it has been running.
     *
     * @return whole seconds since the latest restart
     */
    public synchronized long uptimeSeconds() {
        return nowSeconds() - startedAtSeconds;
    }

    /**
     * The wall clock.
     *
     * @return seconds since 1970
     */
    public long nowSeconds() {
        return time.millis() / 1000;
    }

    /**
     * How many items there are.
     *
     * @return their number, expired ones that nobody asked for included
     */
    public synchronized int itemCount() {
        return items.size();
    }

    /**
     * The largest item, with key and overhead.
     *
     * @return bytes
     */
    public int itemSizeMax() {
        return itemSizeMax;
    }

    private @Nullable Kept live(String key) {
        Kept kept = items.get(key);
        if (kept != null && kept.expiresAtSeconds <= nowSeconds()) {
            items.remove(key);
            return null;
        }
        return kept;
    }

    private Found found(Kept kept) {
        long remaining = kept.expiresAtSeconds == NEVER ? -1 : kept.expiresAtSeconds - nowSeconds();
        return new Found(kept.value, kept.flags, kept.cas, remaining);
    }

    private long expiresAt(long expiry) {
        if (expiry == 0) {
            return NEVER;
        }
        if (expiry < 0) {
            return nowSeconds();
        }
        return expiry > MAX_RELATIVE_SECONDS ? expiry : nowSeconds() + expiry;
    }
}
