package io.sessionfilter.internal.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sessionfilter.internal.time.TimeSource;
import java.time.Duration;

/**
 * Until when sessions need no renewal that this app node has served and does not keep ({@code nearCache=off}): a request that does not ask for its session need not load it for
 * that. Safe for use by many threads.
 */
final class Renewals {
    private static final int MAX_SESSIONS = 100_000;
    private static final Duration MOST = Duration.ofHours(2);

    private final TimeSource time;
    private final Cache<String, Long> dueNanos;

    Renewals(TimeSource time) {
        this.time = time;
        dueNanos = Caffeine.newBuilder()
                .maximumSize(MAX_SESSIONS)
                .expireAfterWrite(MOST)
                .ticker(time::nanos)
                .executor(Runnable::run)
                .build();
    }

    /** A session was renewed, and is given up. */
    void note(String key, long nextDueNanos) {
        dueNanos.put(key, nextDueNanos);
    }

    /** Whether a session needs to be renewed now, as far as is known. */
    boolean isDue(String key) {
        Long due = dueNanos.getIfPresent(key);
        return due == null || time.nanos() - due >= 0;
    }
}
