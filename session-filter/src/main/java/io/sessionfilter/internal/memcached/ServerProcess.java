package io.sessionfilter.internal.memcached;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which process answered a probe, as far as memcached tells.
 *
 * @param pid the process id; containers often always have 1; empty if not told
 * @param uptimeSeconds how long the process said it has been running; empty if not told
 * @param askedAtNanos when it was asked, on the monotonic clock
 */
record ServerProcess(OptionalLong pid, OptionalLong uptimeSeconds, long askedAtNanos) {
    /**
     * How much less than it should an uptime may have grown: a process that was frozen for a moment tells its old one
     * until its clock ticks again. A longer freeze is noticed by its timeouts.
     */
    private static final long TOLERANCE_SECONDS = 10;

    static ServerProcess of(Map<String, String> stats, long askedAtNanos) {
        return new ServerProcess(number(stats.get("pid")), number(stats.get("uptime")), askedAtNanos);
    }

    /** Whether a later answer cannot be that of the same process. */
    boolean isReplacedBy(ServerProcess later) {
        if (pid.isPresent() && later.pid.isPresent() && pid.getAsLong() != later.pid.getAsLong()) {
            return true;
        }
        if (uptimeSeconds.isEmpty() || later.uptimeSeconds.isEmpty()) {
            return false;
        }
        long passed = TimeUnit.NANOSECONDS.toSeconds(later.askedAtNanos - askedAtNanos);
        long grown = later.uptimeSeconds.getAsLong() - uptimeSeconds.getAsLong();
        return grown < 0 || grown < passed - TOLERANCE_SECONDS;
    }

    /** Since when it has been running, on the monotonic clock; if that is not told, it may have started just now. */
    long startedNanos() {
        return askedAtNanos - TimeUnit.SECONDS.toNanos(uptimeSeconds.orElse(0));
    }

    static OptionalLong number(@Nullable String digits) {
        if (digits == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // a memcached of another make; it is only a hint
        }
    }
}
