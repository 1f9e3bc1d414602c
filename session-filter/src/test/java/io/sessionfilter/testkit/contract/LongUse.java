package io.sessionfilter.testkit.contract;

import java.time.Duration;

/** Uses a session for longer than its interval, and never leaves it alone for that long. */
final class LongUse {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration SLACK = Duration.ofMillis(1300);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private LongUse() {}

    /**
     * Begins, and then uses again and again, until the interval is over and a store that counts whole seconds must have noticed. Where the
     * machine stalls between two uses for so long that the session may well have expired, all begins anew.
     *
     * @param intervalSeconds that {@code begin} gives the session
     */
    static void of(int intervalSeconds, Runnable begin, Runnable use) {
        Duration interval = Duration.ofSeconds(intervalSeconds);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isUsedAllTheTime(interval, begin, use)) {
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError("this machine cannot make a request every " + interval.dividedBy(2));
            }
        }
    }

    private static boolean isUsedAllTheTime(Duration interval, Runnable begin, Runnable use) {
        begin.run();
        long start = System.nanoTime();
        long last = start;
        while (System.nanoTime() - start < interval.plus(SLACK).toNanos()) {
            pause();
            use.run();
            long now = System.nanoTime();
            if (now - last > interval.dividedBy(2).toNanos()) {
                return false;
            }
            last = now;
        }
        return true;
    }

    /** The passing of time is what is to be seen: nothing can be awaited instead. */
    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
