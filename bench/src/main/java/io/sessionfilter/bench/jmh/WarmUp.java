package io.sessionfilter.bench.jmh;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Warms up until the compiler has nothing to do, and not for a fixed time as JMH does: on a busy machine, or for what waits for memcached, that may take long. */
public final class WarmUp {
    /** Compilers count calls: with fewer, a rest of theirs says nothing. */
    private static final int LEAST_CALLS = 20_000;

    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int ROUNDS_AT_REST = 3;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(8);

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
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long start = System.nanoTime();
        long calls = 0;
        int rounds = 0;
        while ((rounds < ROUNDS_AT_REST || calls < LEAST_CALLS) && System.nanoTime() - start < mostNanos) {
            long compiled = compiler.getTotalCompilationTime();
            long round = System.nanoTime();
            do {
                operation.call();
                calls++;
            } while (System.nanoTime() - round < ROUND_NANOS);
            rounds = compiler.getTotalCompilationTime() == compiled ? rounds + 1 : 0;
        }
    }
}
