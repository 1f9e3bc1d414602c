package io.sessionfilter.internal.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long memcached keeps what (PROTOCOL.md section 1): {@code TTL = timeout + slack + grace}.
 *
 * <p>Every app node must compute the same from a session's timeout, for the item's remaining time tells them when the session was last
 * used. All in seconds, memcached's unit; a timeout of 0 and below never expires. Immutable.
 */
public final class TimeToLive {
    /** Stays in the store after the session has expired, so that one app node can win the right to say so. */
    static final long GRACE_SECONDS = 60;

    private static final long MAX_RENEWAL_SECONDS = 60;

    /** The store's own rule for how often a session is renewed. */
    private static final long BY_TIMEOUT = 0;

    static final long NEVER = 0;

    private final long leastSlackSeconds;

    private final long touchSeconds;

    /** With a renewal each tenth of a session's timeout, at least once a minute. */
    public TimeToLive(Duration operationTimeout) {
        this(operationTimeout, null);
    }

    /**
     * @param touchInterval how often a session is renewed that is only read; {@code null}: each tenth of its timeout, at least once a minute. Never
     *     more seldom than each half of its timeout
     */
    public TimeToLive(Duration operationTimeout, @Nullable Duration touchInterval) {
        leastSlackSeconds = 1 + ceilSeconds(operationTimeout.multipliedBy(2));
        touchSeconds = touchInterval == null ? BY_TIMEOUT : ceilSeconds(touchInterval);
    }

    private static long ceilSeconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }

    /** A used session's item is renewed at least this often, lest others take the session for idle. No {@link Duration}: each request asks. */
    public long renewalNanos(int timeoutSeconds) {
        return TimeUnit.SECONDS.toNanos(slackSeconds(timeoutSeconds)) / 2;
    }

    private long slackSeconds(int timeoutSeconds) {
        return Math.max(leastSlackSeconds, 2 * renewalSeconds(timeoutSeconds));
    }

    private long renewalSeconds(int timeoutSeconds) {
        if (touchSeconds == BY_TIMEOUT) {
            return timeoutSeconds <= 0
                    ? MAX_RENEWAL_SECONDS
                    : Math.min(MAX_RENEWAL_SECONDS, (timeoutSeconds + 9L) / 10);
        }
        return timeoutSeconds <= 0 ? touchSeconds : Math.min(touchSeconds, Math.max(1, timeoutSeconds / 2));
    }

    /** Long enough for whatever an app node has begun: several times what an operation may last in which one node after the other fails. */
    Duration patience() {
        return Duration.ofSeconds(5 * leastSlackSeconds);
    }

    long ofSession(int timeoutSeconds) {
        return timeoutSeconds <= 0 ? NEVER : timeoutSeconds + slackSeconds(timeoutSeconds) + GRACE_SECONDS;
    }

    /** Long enough to outlive every copy of the session. */
    long ofTombstone(int timeoutSeconds) {
        // A session that never expires leaves a tombstone that does: a year, since such sessions end by invalidation
        // only.
        return timeoutSeconds <= 0 ? Duration.ofDays(365).toSeconds() : 2 * ofSession(timeoutSeconds);
    }

    /** How long ago the item was renewed; 0 if it never expires. */
    long idleSeconds(int timeoutSeconds, long remainingSeconds) {
        return timeoutSeconds <= 0 || remainingSeconds < 0
                ? 0
                : Math.max(0, ofSession(timeoutSeconds) - remainingSeconds);
    }

    /** For how long a session that expires has not yet expired as far as the store alone can tell; 0 or less: it has. */
    public long secondsUntilExpired(int timeoutSeconds, long idleSeconds) {
        return timeoutSeconds + slackSeconds(timeoutSeconds) - idleSeconds;
    }

    /** Whether a session has expired as far as the store alone can tell. */
    boolean isExpired(int timeoutSeconds, long idleSeconds) {
        return timeoutSeconds > 0 && secondsUntilExpired(timeoutSeconds, idleSeconds) <= 0;
    }
}
