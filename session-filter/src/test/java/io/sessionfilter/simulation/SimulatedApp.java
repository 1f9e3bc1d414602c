package io.sessionfilter.simulation;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.session.AttributeCoding;
import io.sessionfilter.internal.session.NearCache;
import io.sessionfilter.internal.session.StoredSessionManager;
import io.sessionfilter.internal.session.TrustPolicy;
import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.Ring;
import io.sessionfilter.internal.store.SessionStore;
import io.sessionfilter.internal.store.TimeToLive;
import io.sessionfilter.internal.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;

/** An app node: the library's real heart and store, over simulated memcached nodes. */
final class SimulatedApp implements Scheduler.Mortal {
    static final Duration VALIDATE_AFTER = Duration.ofSeconds(1);
    private static final int RESYNC_PER_SECOND = 1000;
    static final String KEY_PREFIX = "app:";

    /** What the store of an app node is made of. */
    record Parts(
            SimulatedApp app,
            Ring ring,
            TimeToLive timeToLive,
            TimeSource time,
            SplittableRandom random,
            ScheduledExecutorService executor,
            Metrics metrics) {}

    /** Makes the store that is tried. */
    @FunctionalInterface
    interface Stores {
        SessionStore create(Parts parts);
    }

    /** Puts something between a store and its memcached nodes. */
    @FunctionalInterface
    interface Wrapper {
        MemcachedNode wrap(SimulatedNode node);
    }

    private final int index;
    private final int generation;
    private final SimulatedTime time;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private StoredSessionManager manager;
    private Scheduler.Fiber background;
    private boolean alive = true;

    SimulatedApp(int index, int generation, SimulatedTime time) {
        this.index = index;
        this.generation = generation;
        this.time = time;
    }

    void start(Scheduler scheduler, List<SimulatedNode> connections, Wrapper wrapper, boolean sticky, Stores stores) {
        nodes.addAll(connections);
        nodes.forEach(SimulatedNode::start);
        Metrics metrics = new Metrics();
        TimeToLive timeToLive = new TimeToLive(Duration.ofNanos(SimulatedNode.OPERATION_TIMEOUT));
        SimulatedExecutor executor = new SimulatedExecutor(scheduler, this);
        background = executor.thread();
        SplittableRandom random = new SplittableRandom(scheduler.random().nextLong());
        Ring ring = new Ring(nodes.stream().map(wrapper::wrap).toList());
        SessionStore store = stores.create(new Parts(this, ring, timeToLive, time, random, executor, metrics));
        manager = new StoredSessionManager(
                store,
                new NearCache(10_000_000, time),
                new AttributeCoding(new SimulatedCodec(scheduler), value -> value instanceof String, null, metrics),
                new TrustPolicy(sticky, route(), VALIDATE_AFTER),
                timeToLive,
                null,
                RESYNC_PER_SECOND,
                time,
                executor,
                metrics);
    }

    StoredSessionManager manager() {
        return manager;
    }

    SimulatedTime time() {
        return time;
    }

    List<SimulatedNode> nodes() {
        return nodes;
    }

    int index() {
        return index;
    }

    int generation() {
        return generation;
    }

    /** The thread of its background tasks. */
    Scheduler.Fiber background() {
        return background;
    }

    String route() {
        return "app" + index;
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    void kill() {
        alive = false;
    }

    @Override
    public String toString() {
        return route() + (generation == 0 ? "" : "'" + generation);
    }
}
