package io.sessionfilter.internal.memcached;

import io.sessionfilter.internal.store.Item;
import io.sessionfilter.internal.store.MemcachedNode;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one meta command, but for its opaque.
 *
 * <p>The order of flags matters: memcached works through them from left to right, so that {@code T} has to stand before
 * {@code t} for the remaining time to be that after the renewal.
 *
 * @param name for messages: what is asked, never of which key
 * @param head the command line up to where {@code " O<opaque>"} is added
 * @param value what follows the command line, empty if nothing does
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are large and not copied
record MetaRequest(String name, String head, byte[] value) {
    private static final int MAX_KEY_BYTES = 250;
    private static final byte[] NO_VALUE = {};

    static MetaRequest fetch(String key, boolean withValue, String renewal) {
        return new MetaRequest("fetch", "mg " + checked(key) + renewal + (withValue ? " c f t v" : " c f t"), NO_VALUE);
    }

    static MetaRequest touch(String key, String renewal) {
        return new MetaRequest("touch", "mg " + checked(key) + renewal, NO_VALUE);
    }

    static MetaRequest compareAndSet(String key, Item item, Expiry expiry, long cas) {
        return store("compareAndSet", key, item, expiry, " C" + cas);
    }

    static MetaRequest add(String key, Item item, Expiry expiry) {
        return store("add", key, item, expiry, " ME");
    }

    static MetaRequest set(String key, Item item, Expiry expiry) {
        return store("set", key, item, expiry, "");
    }

    static MetaRequest compareAndDelete(String key, long cas) {
        return new MetaRequest("compareAndDelete", "md " + checked(key) + " C" + cas, NO_VALUE);
    }

    /** The token that renews an item's life with a read; empty for {@link MemcachedNode#NO_RENEWAL}. */
    static String renewal(Expiry expiry, long ttlSeconds) {
        return ttlSeconds == MemcachedNode.NO_RENEWAL ? "" : " T" + expiry.of(ttlSeconds);
    }

    private static MetaRequest store(String name, String key, Item item, Expiry expiry, String mode) {
        if (item.stamp() < 0) {
            throw new IllegalArgumentException("a stamp must be 0 to 2^31-1, but was " + item.stamp());
        }
        String head = "ms " + checked(key) + " " + item.value().length + mode + " T" + expiry.of(item.ttlSeconds())
                + " F" + item.stamp() + " c";
        return new MetaRequest(name, head, item.value());
    }

    /** Refuses what could end the command line and begin another one, or what memcached would refuse. */
    private static String checked(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key must have 1 to " + MAX_KEY_BYTES + " bytes, but had " + key.length());
        }
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) <= ' ' || key.charAt(i) > '~') {
                throw new IllegalArgumentException(
                        "a key must be printable ASCII without space, but has another character at index " + i);
            }
        }
        return key;
    }

    /**
     * The command as it is sent. In one array of its exact size: xmemcached merges small commands by copying whole
     * arrays.
     */
    byte[] encode(String opaque) {
        byte[] line = (head + " O" + opaque + "\r\n").getBytes(StandardCharsets.US_ASCII);
        if (!head.startsWith("ms ")) {
            return line;
        }
        byte[] command = new byte[line.length + value.length + 2];
        System.arraycopy(line, 0, command, 0, line.length);
        System.arraycopy(value, 0, command, line.length, value.length);
        command[command.length - 2] = '\r';
        command[command.length - 1] = '\n';
        return command;
    }
}
