package io.sessionfilter.internal.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Clocks that stand still until they are turned. */
public final class FakeTime implements TimeSource {
    private static final long START_MILLIS = 1_800_000_000_000L;

    /** An arbitrary origin, negative as the real one may be. */
    private static final long START_NANOS = -5_000_000_000L;

    private final AtomicLong elapsed = new AtomicLong();
    private volatile LongConsumer whenPaused = nanos -> {};

    public void advance(Duration duration) {
        elapsed.addAndGet(duration.toNanos());
    }

    /** Is told whenever somebody waits, and for how long, on the thread that does. */
    public void whenPaused(LongConsumer action) {
        whenPaused = action;
    }

    @Override
    public void pause(long nanos) {
        elapsed.addAndGet(nanos);
        whenPaused.accept(nanos);
    }

    @Override
    public long nanos() {
        return START_NANOS + elapsed.get();
    }

    @Override
    public long millis() {
        return START_MILLIS + elapsed.get() / 1_000_000;
    }
}
