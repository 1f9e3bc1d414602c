package io.sessionfilter.internal.store;

/**
 * What an app node knows of a memcached node at one moment.
 *
 * @param usable whether operations are sent; if not they fail at once with {@link NodeException.Kind#UNAVAILABLE}
 * @param incarnation how often a connection was established: 0 before the first, and one more whenever the node may have restarted
 * @param outageNoticedNanos when the latest outage was noticed, on the monotonic clock; without meaning while {@code outages} is 0
 * @param outages how many outages were noticed: times that a usable node became unusable, or was found restarted
 */
public record NodeHealth(boolean usable, int incarnation, long outageNoticedNanos, int outages) {}
