package io.sessionfilter.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what another thread or process does: by asking often, until a deadline. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long PAUSE_MILLIS = 5;

    private Await() {}

    /**
     * Waits for at most 15 seconds, far more than anything here needs.
     *
     * @param what is expected, for the message
     * @param condition is asked until it is true
     * @throws AssertionError if it is not true in time, or cannot be asked
     */
    public static void until(String what, Callable<Boolean> condition) {
        until(what, PATIENCE, condition);
    }

    /**
     * Waits.
     *
     * @param what is expected, for the message
     * @param patience for how long
     * @param condition is asked until it is true
     * @throws AssertionError if it is not true in time, or cannot be asked
     */
    public static void until(String what, Duration patience, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new AssertionError("after " + patience + ", still not: " + what);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for: " + what, e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("cannot find out: " + what, e);
        }
    }
}
