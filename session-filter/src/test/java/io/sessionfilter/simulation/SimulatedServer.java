package io.sessionfilter.simulation;

import io.sessionfilter.internal.store.NodeId;
import io.sessionfilter.testkit.MemcachedModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A memcached process: what it keeps, and whether it runs. */
final class SimulatedServer {
    private final NodeId id;
    private final Scheduler scheduler;
    private final MemcachedModel model;
    private final List<SimulatedNode> clients = new ArrayList<>();

    /** What has arrived while it was frozen. */
    private record Unread(SimulatedNode client, long pid, Runnable message) {}

    private final Deque<Unread> unread = new ArrayDeque<>();

    private boolean up = true;
    private boolean silent;
    private long startedAt;
    private int evictions;
    private boolean frozen;

    SimulatedServer(NodeId id, Scheduler scheduler, SimulatedTime time) {
        this.id = id;
        this.scheduler = scheduler;
        this.model = new MemcachedModel(time);
    }

    NodeId id() {
        return id;
    }

    MemcachedModel model() {
        return model;
    }

    void connectTo(SimulatedNode client) {
        clients.add(client);
    }

    boolean isUp() {
        return up;
    }

    /** Whether it is down and nobody says so: not even connections to it are refused. */
    boolean isSilent() {
        return silent;
    }

    boolean isFrozen() {
        return frozen;
    }

    /** Something arrives: it is read now, or when the process goes on. Of a process that has ended, nobody reads it. */
    void receive(SimulatedNode client, long pid, Runnable message) {
        if (!up || model.pid() != pid) {
            return;
        }
        if (frozen) {
            unread.add(new Unread(client, pid, message));
        } else {
            message.run();
        }
    }

    /** The process ends, and what it has kept is gone. */
    void kill(boolean silent) {
        up = false;
        this.silent = silent;
        frozen = false;
        unread.clear();
        model.restart();
        if (!silent) {
            clients.forEach(SimulatedNode::reset);
        }
    }

    /** A process is started, empty. */
    void start() {
        up = true;
        silent = false;
        startedAt = scheduler.now();
        evictions = 0;
        clients.forEach(SimulatedNode::reset); // who still thinks to be connected to the one before learns better
    }

    /** Since when it has been running. */
    long startedAt() {
        return startedAt;
    }

    /** How often it has thrown away what it should have kept. */
    int evictions() {
        return evictions;
    }

    void evict(String key) {
        if (model.get(key).isPresent()) {
            model.evict(key);
            evictions++;
        }
    }

    void freeze() {
        frozen = true;
    }

    /** The process goes on, and reads what has come meanwhile: each connection in order, but one perhaps much later than another. */
    void thaw() {
        frozen = false;
        Map<SimulatedNode, Long> begins = new HashMap<>();
        while (!unread.isEmpty()) {
            Unread next = unread.removeFirst();
            long time = begins.computeIfAbsent(next.client(), client -> scheduler.now() + laterThanOthers());
            scheduler.at(time, () -> receive(next.client(), next.pid(), next.message()));
            begins.put(next.client(), time + 1);
        }
    }

    private long laterThanOthers() {
        return scheduler.random().nextInt(5) == 0 ? scheduler.random().nextLong(2_000_000_000) : 1;
    }
}
