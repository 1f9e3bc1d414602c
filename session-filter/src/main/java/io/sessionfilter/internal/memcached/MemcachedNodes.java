package io.sessionfilter.internal.memcached;

import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.time.TimeSource;

/** Makes {@link MemcachedNode}s. */
public final class MemcachedNodes {
    private MemcachedNodes() {}

    /**
     * Connects to one memcached node. Waits for the first attempt, which takes an operation timeout if nobody answers
     * and at most three seconds, so that the first request normally finds the node usable. One that cannot be reached
     * is no error, but is looked for until {@link MemcachedNode#close}.
     *
     * <p>To be called with the web application's context class loader, as at its start, and not by a request.
     *
     * @param settings which node, and how patient to be
     * @param time the clocks
     */
    public static MemcachedNode connect(NodeSettings settings, TimeSource time) {
        XMemcachedNode node = new XMemcachedNode(settings, time);
        node.start();
        return node;
    }
}
