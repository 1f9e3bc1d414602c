package io.sessionfilter.bench.jmh;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Warms up by number, and not only by time as JMH does: compilers count calls, and of those that wait for memcached there are few a second. */
public final class WarmUp {
    private static final int CALLS = 20_000;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(6);

    private WarmUp() {}

    static void run(Callable<?> operation) throws Exception {
        run(operation, MOST_NANOS);
    }

    /**
     * Calls it often enough.
     *
     * @param mostNanos for so long at the most
     */
    public static void run(Callable<?> operation, long mostNanos) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < CALLS && System.nanoTime() - start < mostNanos; i++) {
            operation.call();
        }
    }
}
