package io.sessionfilter;

import io.sessionfilter.internal.config.MemcachedAddress;
import io.sessionfilter.internal.config.SessionFilterConfig;
import io.sessionfilter.internal.metrics.MemcachedNodesMXBean;
import io.sessionfilter.internal.store.Membership.Step;
import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.ReplicatedStore;
import io.sessionfilter.internal.store.Ring;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memcached nodes of a running filter: connects to those that are added, closes those that have left. Safe for use by many threads; no
 * request ever waits for it.
 */
final class MemcachedNodeList implements MemcachedNodesMXBean, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MemcachedNodeList.class);

    /** Connects to a node; that it cannot be reached is no obstacle. */
    interface Connector extends Function<MemcachedAddress, MemcachedNode> {}

    private final Connector connector;
    private final ReentrantLock lock = new ReentrantLock();

    /** Those of the present list. */
    private final Map<MemcachedAddress, MemcachedNode> nodes = new LinkedHashMap<>();

    private final ReplicatedStore store;
    private final ScheduledExecutorService executor;
    private final ScheduledFuture<?> advancing;
    private boolean closed;

    /**
     * @param nodes connected already
     * @param store lives on them
     * @param executor of the filter; not closed with this
     */
    MemcachedNodeList(
            Connector connector,
            Map<MemcachedAddress, MemcachedNode> nodes,
            ReplicatedStore store,
            ScheduledExecutorService executor) {
        this.connector = connector;
        this.nodes.putAll(nodes);
        this.store = store;
        this.executor = executor;
        this.advancing = executor.scheduleWithFixedDelay(() -> advance(false), 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public String getMemcachedNodes() {
        lock.lock();
        try {
            return nodes.keySet().stream().map(MemcachedAddress::toString).collect(Collectors.joining(","));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void setMemcachedNodes(String list) {
        List<MemcachedAddress> wanted = parse(list);
        lock.lock();
        try {
            change(wanted);
        } finally {
            lock.unlock();
        }
    }

    /** JMX clients know no classes of ours. */
    private static List<MemcachedAddress> parse(String list) {
        try {
            return SessionFilterConfig.memcachedNodes(list);
        } catch (SessionFilterConfigException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    private void change(List<MemcachedAddress> wanted) {
        if (closed) {
            throw new IllegalStateException("the filter has stopped");
        }
        if (store.changeStep() != Step.NONE) {
            throw new IllegalStateException(
                    "the last change of memcachedNodes is not over: call advanceChange on all app nodes, and once more");
        }
        wanted.forEach(this::checkAddress);
        store.checkEnough(wanted.size());
        Map<MemcachedAddress, MemcachedNode> next = new LinkedHashMap<>();
        try {
            for (MemcachedAddress address : wanted) {
                MemcachedNode present = nodes.get(address);
                next.put(address, present == null ? connect(address) : present);
            }
        } catch (IllegalStateException e) {
            next.keySet().removeAll(nodes.keySet());
            next.values().forEach(MemcachedNode::close);
            throw e;
        }
        log.info(
                "memcachedNodes is now {}, and was {}; nodes that were taken out are still used",
                wanted,
                nodes.keySet());
        nodes.clear();
        nodes.putAll(next);
        store.changeNodes(new Ring(List.copyOf(next.values())));
    }

    /** By a thread of ours: what connects is to inherit nothing of the thread that asks, which may be of any JMX client. */
    private MemcachedNode connect(MemcachedAddress address) {
        try {
            return executor.submit(() -> connector.apply(address)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while connecting to memcached node " + address, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot connect to memcached node " + address, e.getCause());
        }
    }

    private void checkAddress(MemcachedAddress wanted) {
        for (MemcachedAddress present : nodes.keySet()) {
            if (present.nodeId().equals(wanted.nodeId()) && !present.equals(wanted)) {
                throw new IllegalArgumentException("memcachedNodes: node " + present + " cannot become " + wanted
                        + " while sessions live on it; give the other server an id of its own");
            }
        }
    }

    @Override
    public String getChange() {
        return store.changeStep().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void advanceChange() {
        advance(true);
    }

    private void advance(boolean atOnce) {
        Step before = store.changeStep();
        store.advanceChange(atOnce).forEach(MemcachedNode::close);
        if (before == Step.LEAVING && store.changeStep() == Step.NONE) {
            log.info("the change of memcachedNodes is over");
        }
    }

    /** Closes all connections. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            advancing.cancel(false);
            store.nodes().forEach(MemcachedNode::close);
        } finally {
            lock.unlock();
        }
    }
}
