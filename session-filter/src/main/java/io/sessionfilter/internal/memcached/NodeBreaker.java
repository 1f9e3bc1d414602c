package io.sessionfilter.internal.memcached;

import io.sessionfilter.internal.store.NodeHealth;
import io.sessionfilter.internal.time.TimeSource;

/**
 * Knows whether a memcached node is usable: not before a connection was established, and no longer once that was lost
 * or a number of operations in a row had no answer in time. Events of an earlier connection change nothing. Safe for
 * use by many threads.
 *
 * <p>Errors that the node itself answers are answers. There is no half-open state: a new connection is only made after
 * the node has answered a probe, so that no request has to try.
 */
final class NodeBreaker {
    private final int timeoutThreshold;
    private final TimeSource time;
    private volatile NodeHealth health = new NodeHealth(false, 0, 0, 0, 0, 0);
    private volatile int timeoutsInARow;

    /**
     * Creates an open breaker.
     *
     * @param timeoutThreshold how many timeouts in a row make the node unusable
     */
    NodeBreaker(int timeoutThreshold, TimeSource time) {
        if (timeoutThreshold < 1) {
            throw new IllegalArgumentException("timeoutThreshold must be positive, but was " + timeoutThreshold);
        }
        this.timeoutThreshold = timeoutThreshold;
        this.time = time;
    }

    NodeHealth health() {
        return health;
    }

    /** What the next connection's incarnation will be. */
    int nextIncarnation() {
        return health.incarnation() + 1;
    }

    /** A connection was established to a node that had answered its probe: usable. */
    synchronized void established() {
        timeoutsInARow = 0;
        health = new NodeHealth(
                true,
                nextIncarnation(),
                health.outageNoticedNanos(),
                health.outages(),
                health.lossNoticedNanos(),
                health.losses());
    }

    /** An operation was answered in time. */
    void answered(int incarnation) {
        // The check first: a volatile write per operation would make all threads wait for one cache line.
        if (timeoutsInARow != 0) {
            resetTimeouts(incarnation);
        }
    }

    private synchronized void resetTimeouts(int incarnation) {
        if (incarnation == health.incarnation()) {
            timeoutsInARow = 0;
        }
    }

    /**
     * An operation had no answer in time.
     *
     * @return whether this was one too many: the caller should report the connection as {@link #lost}
     */
    synchronized boolean timedOut(int incarnation) {
        if (incarnation != health.incarnation() || !health.usable()) {
            return false;
        }
        timeoutsInARow++;
        return timeoutsInARow >= timeoutThreshold;
    }

    /**
     * The connection is of no more use, for whatever reason: unusable.
     *
     * @return whether this changed anything; false if it was known, or if another connection is in use by now
     */
    synchronized boolean lost(int incarnation) {
        if (incarnation != health.incarnation() || !health.usable()) {
            return false;
        }
        health = new NodeHealth(
                false, incarnation, time.nanos(), health.outages() + 1, health.lossNoticedNanos(), health.losses());
        return true;
    }

    /**
     * The node has lost items, or had none then.
     *
     * @return whether that was news; not if a loss as late as that was known
     */
    synchronized boolean lostItems(long atNanos) {
        if (health.losses() > 0 && atNanos - health.lossNoticedNanos() <= 0) {
            return false;
        }
        health = new NodeHealth(
                health.usable(),
                health.incarnation(),
                health.outageNoticedNanos(),
                health.outages(),
                atNanos,
                health.losses() + 1);
        return true;
    }
}
