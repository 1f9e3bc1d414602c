package io.sessionfilter.internal.time;

/**
 * The clocks of one app node, passed in so that tests and the simulation can turn them; and waiting. Safe for use by many threads.
 *
 * <p>Durations are measured on the monotonic clock; the wall clock serves for what people and memcached read: creation times, and
 * absolute expiry.
 */
public interface TimeSource {
    /** The clocks of this machine. */
    TimeSource SYSTEM = new SystemTimeSource();

    /** Monotonic time in nanoseconds, of arbitrary origin: only differences mean anything. */
    long nanos();

    /** Wall-clock time in milliseconds since 1970. */
    long millis();

    /**
     * Waits.
     *
     * @param nanos for how long; an interrupt ends it early, with the thread's flag restored
     */
    void pause(long nanos);
}
