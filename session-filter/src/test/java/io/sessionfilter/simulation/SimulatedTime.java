package io.sessionfilter.simulation;

import io.sessionfilter.internal.time.TimeSource;

/** The clocks of one machine: the wall clock may be wrong, the monotonic one begins anywhere. */
final class SimulatedTime implements TimeSource {
    private static final long START_MILLIS = 1_800_000_000_000L;

    private final Scheduler scheduler;
    private final long originNanos;
    private long skewMillis;

    SimulatedTime(Scheduler scheduler, long originNanos) {
        this.scheduler = scheduler;
        this.originNanos = originNanos;
    }

    void skew(long millis) {
        skewMillis = millis;
    }

    @Override
    public long nanos() {
        return originNanos + scheduler.now();
    }

    @Override
    public long millis() {
        return START_MILLIS + skewMillis + scheduler.now() / 1_000_000;
    }

    @Override
    public void pause(long nanos) {
        scheduler.sleep(nanos);
    }
}
