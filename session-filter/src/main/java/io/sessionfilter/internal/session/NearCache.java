package io.sessionfilter.internal.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.sessionfilter.internal.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that this app node holds live, bounded by bytes. Safe for use by many threads.
 *
 * <p>A session in use by a request is never given up: when it is evicted while somebody still holds it, it is remembered weakly, so that
 * all requests of a session on one app node always share one {@link Session}.
 */
public final class NearCache {
    private static final int MAX_ENDED = 100_000;
    private static final Duration ENDED_REMEMBERED = Duration.ofHours(2);
    private static final long FOREVER_NANOS = Duration.ofDays(36_500).toNanos();

    /** Idle sessions stay a little beyond their timeout, so that this app node can say that they have expired. */
    private static final long KEPT_BEYOND_TIMEOUT_SECONDS = 60;

    private final boolean keepsIdle;
    private final long maxBytes;
    private final Cache<String, Session> sessions;
    private final Cache<String, Session> evictedInUse;
    private final Cache<String, Boolean> ended;
    private final LongAdder evictions = new LongAdder();

    /**
     * @param maxBytes about how much memory the sessions may take, see {@link Session#weight()}
     */
    public NearCache(long maxBytes, TimeSource time) {
        this(true, maxBytes, time);
    }

    /** One that holds the sessions that requests use, and what is stored nowhere else. */
    public static NearCache off(long maxBytes, TimeSource time) {
        return new NearCache(false, maxBytes, time);
    }

    private NearCache(boolean keepsIdle, long maxBytes, TimeSource time) {
        this.keepsIdle = keepsIdle;
        this.maxBytes = maxBytes;
        evictedInUse =
                Caffeine.newBuilder().weakValues().executor(Runnable::run).build();
        sessions = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((String key, Session session) -> session.weight())
                .expireAfter(new Keeping())
                .ticker(time::nanos)
                .executor(Runnable::run)
                .evictionListener(this::evicted)
                .build();
        ended = Caffeine.newBuilder()
                .maximumSize(MAX_ENDED)
                .expireAfterWrite(ENDED_REMEMBERED)
                .ticker(time::nanos)
                .executor(Runnable::run)
                .build();
    }

    /** For how long a session is kept once it was used. Not by durations: each request asks. */
    private static final class Keeping implements Expiry<String, Session> {
        @Override
        public long expireAfterCreate(String key, Session session, long now) {
            int timeout = session.timeout();
            return timeout <= 0 ? FOREVER_NANOS : TimeUnit.SECONDS.toNanos(timeout + KEPT_BEYOND_TIMEOUT_SECONDS);
        }

        @Override
        public long expireAfterUpdate(String key, Session session, long now, long left) {
            return expireAfterCreate(key, session, now);
        }

        @Override
        public long expireAfterRead(String key, Session session, long now, long left) {
            return expireAfterCreate(key, session, now);
        }
    }

    /** Whether sessions are kept that no request uses. */
    boolean keepsIdle() {
        return keepsIdle;
    }

    /**
     * No request uses a session any more. If such are not kept, it is given up, unless something of it is stored nowhere else; until it is collected, whoever holds it still
     * shares it with those to come.
     */
    void release(String key, Session session) {
        if (!keepsIdle
                && !session.isEnded()
                && !session.hasUnsaved()
                && !session.attributes().hasUnstored()) {
            evictedInUse.put(key, session);
            sessions.asMap().remove(key, session);
        }
    }

    private void evicted(@Nullable String key, @Nullable Session session, RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            evictions.increment();
        }
        if (key != null && session != null && !session.isEnded()) {
            evictedInUse.put(key, session);
        }
    }

    @Nullable
    Session find(String key) {
        Session session = sessions.getIfPresent(key);
        if (session != null) {
            return session;
        }
        Session inUse = evictedInUse.getIfPresent(key);
        return inUse == null ? null : putIfAbsent(key, inUse);
    }

    /** As {@link #find}, which does not count as a use. */
    @Nullable
    Session peek(String key) {
        Session session = sessions.policy().getIfPresentQuietly(key);
        return session != null ? session : evictedInUse.getIfPresent(key);
    }

    /** The keys of all sessions held: a snapshot. */
    List<String> keys() {
        return List.copyOf(sessions.asMap().keySet());
    }

    /** How many bytes the sessions may take. */
    long maxBytes() {
        return maxBytes;
    }

    /** Keeps a session, and returns the one that is shared from now on: this one, or one that came first. */
    Session putIfAbsent(String key, Session session) {
        Session first = sessions.asMap().putIfAbsent(key, session);
        evictedInUse.invalidate(key);
        return first == null ? session : first;
    }

    /** Weighs a session again whose size has changed. */
    void resized(String key, Session session) {
        sessions.asMap().replace(key, session, session);
    }

    void remove(String key) {
        sessions.invalidate(key);
        evictedInUse.invalidate(key);
    }

    /** Forgets a session and remembers that it has ended. */
    void end(String key) {
        ended.put(key, Boolean.TRUE);
        remove(key);
    }

    boolean hasEnded(String key) {
        return ended.getIfPresent(key) != null;
    }

    /** How many sessions are held; an estimate. */
    public long size() {
        return sessions.estimatedSize();
    }

    /** What the sessions held weigh, by {@link Session#weight()}; an estimate. */
    public long bytes() {
        return sessions.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }

    /** How many sessions were given up for want of room. */
    public long evictions() {
        return evictions.sum();
    }

    void clear() {
        sessions.invalidateAll();
        evictedInUse.invalidateAll();
        ended.invalidateAll();
    }
}
