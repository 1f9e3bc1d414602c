package io.sessionfilter.internal.memcached;

import io.sessionfilter.internal.time.TimeSource;

/** Converts a time to live into what memcached reads: relative seconds up to 30 days, an absolute time above. */
final class Expiry {
    /** memcached takes any larger number for seconds since 1970, and the item would be gone at once. */
    static final long MAX_RELATIVE_SECONDS = 30L * 24 * 60 * 60;

    private final TimeSource time;

    Expiry(TimeSource time) {
        this.time = time;
    }

    /**
     * What to send.
     *
     * @param ttlSeconds 0: never expires
     */
    long of(long ttlSeconds) {
        if (ttlSeconds < 0) {
            throw new IllegalArgumentException("a time to live must not be negative, but was " + ttlSeconds);
        }
        if (ttlSeconds <= MAX_RELATIVE_SECONDS) {
            return ttlSeconds;
        }
        long now = time.millis() / 1000;
        // memcached keeps 32 bits: what ends after them is kept for ever rather than lost at once.
        return ttlSeconds > Integer.MAX_VALUE - now ? 0 : now + ttlSeconds;
    }
}
