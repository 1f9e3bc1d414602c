package io.sessionfilter.internal.metrics;

/**
 * The memcached nodes of one web application in JMX, as {@code io.sessionfilter:type=MemcachedNodes,context=...,filter=...,route=...}: to be
 * read, and to be changed while the application runs.
 *
 * <p>A change concerns this app node only and lasts until it stops, so it is to be made on each, and in the configuration. It takes two steps.
 * During both, sessions live on the nodes of the former list and of the present one, so a node that was taken out is still needed. App nodes may be
 * one step apart, and not two: all are to be told within one step. A step lasts for half of the longest life of a session, or until it is ended by hand.
 */
public interface MemcachedNodesMXBean {
    /** The present list, in the form of the setting {@code memcachedNodes}. */
    String getMemcachedNodes();

    /**
     * Replaces the list.
     *
     * @param nodes in the form of the setting; a node that stays must keep its id and address
     * @throws IllegalArgumentException if that is no list, or has too few nodes, or another address for an id
     * @throws IllegalStateException if an earlier change is not over
     */
    void setMemcachedNodes(String nodes);

    /** The step of the change that is under way: {@code joining}, {@code leaving}, or {@code none}. */
    String getChange();

    /**
     * Ends the present step now: only when all app nodes have reached it. After {@code leaving}, copies are lost that are only on a node that was
     * taken out, as of sessions that this app node has not used since and does not have in its near-cache.
     */
    void advanceChange();
}
