package io.sessionfilter.internal.memcached;

import io.sessionfilter.internal.store.NodeHealth;
import io.sessionfilter.internal.time.TimeSource;

/** The library's own circuit breaker, for simulated connections. */
public final class SimulatedBreaker {
    private final NodeBreaker breaker;

    public SimulatedBreaker(TimeSource time) {
        breaker = new NodeBreaker(NodeSettings.DEFAULT_TIMEOUT_THRESHOLD, time);
    }

    public NodeHealth health() {
        return breaker.health();
    }

    public void established() {
        breaker.established();
    }

    public void answered(int incarnation) {
        breaker.answered(incarnation);
    }

    public boolean timedOut(int incarnation) {
        return breaker.timedOut(incarnation);
    }

    public void lostItems(long atNanos) {
        breaker.lostItems(atNanos);
    }

    public boolean lost(int incarnation) {
        return breaker.lost(incarnation);
    }
}
