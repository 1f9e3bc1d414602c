package io.sessionfilter.internal.memcached;

import java.util.Map;

/**
 * How large an item a memcached node takes.
 *
 * @param itemBytes memcached's {@code item_size_max}, which counts key and overhead too
 */
record ItemLimit(int itemBytes) {
    /** What memcached has unless it was started with {@code -I}. */
    static final ItemLimit DEFAULT = new ItemLimit(1024 * 1024);

    /** Header, flags, cas, ends of lines: some 60 bytes today, with room for what a newer memcached adds. */
    private static final int OVERHEAD_BYTES = 512;

    static ItemLimit of(Map<String, String> settings) {
        try {
            String limit = settings.getOrDefault("item_size_max", "");
            return limit.isEmpty() ? DEFAULT : new ItemLimit(Math.max(0, Integer.parseInt(limit)));
        } catch (NumberFormatException e) {
            return DEFAULT; // it refuses what is too large, only later and at the price of the item stored before
        }
    }

    int maxValueBytes(int keyLength) {
        return Math.max(0, itemBytes - OVERHEAD_BYTES - keyLength);
    }
}
