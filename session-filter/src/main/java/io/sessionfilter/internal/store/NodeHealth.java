package io.sessionfilter.internal.store;

/**
 * What an app node knows of a memcached node at one moment.
 *
 * @param usable whether operations are sent; if not they fail at once with {@link NodeException.Kind#UNAVAILABLE}
 * @param incarnation how often a connection was established: 0 before the first, and one more whenever the node may have restarted
 * @param outageNoticedNanos when the latest outage was noticed, on the monotonic clock; without meaning while {@code outages} is 0
 * @param outages how many outages were noticed: times that a usable node became unusable, or was found restarted
 * @param lossNoticedNanos since when the node has all that it was given, on the monotonic clock: when it started, or was last seen to have
 *     evicted live items; without meaning while {@code losses} is 0
 * @param losses how often such a loss was noticed; a start counts
 */
public record NodeHealth(
        boolean usable, int incarnation, long outageNoticedNanos, int outages, long lossNoticedNanos, int losses) {
    /** Whether "no such item" proves nothing: the node may have had the item within the given time, and have lost it. */
    boolean isSuspect(long nowNanos, long withinNanos) {
        return losses > 0 && nowNanos - lossNoticedNanos < withinNanos;
    }

    /** Whether nothing that the node had can still be alive, so long has it been down. */
    boolean isDownFor(long nowNanos, long nanos) {
        return !usable && outages > 0 && nowNanos - outageNoticedNanos >= nanos;
    }
}
