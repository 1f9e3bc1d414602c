package io.sessionfilter.simulation;

import io.sessionfilter.internal.memcached.SimulatedBreaker;
import io.sessionfilter.internal.store.CasToken;
import io.sessionfilter.internal.store.Copy;
import io.sessionfilter.internal.store.Item;
import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.NodeCall;
import io.sessionfilter.internal.store.NodeException;
import io.sessionfilter.internal.store.NodeHealth;
import io.sessionfilter.internal.store.NodeId;
import io.sessionfilter.internal.store.Written;
import io.sessionfilter.internal.time.TimeSource;
import io.sessionfilter.testkit.MemcachedModel;
import io.sessionfilter.testkit.MemcachedModel.Mode;
import io.sessionfilter.testkit.MemcachedModel.StoreResult;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A memcached node as one app node sees it: a connection over a simulated network, with the library's own circuit breaker, and a prober that
 * does as the library's.
 */
final class SimulatedNode implements MemcachedNode {
    static final long OPERATION_TIMEOUT = 500_000_000L;
    private static final long PROBE_INTERVAL = 1_000_000_000L;
    private static final long MAX_RELATIVE_SECONDS = 30L * 24 * 60 * 60;

    /** What is looked at on its way. */
    interface Observer {
        /** An app node is about to send a write. */
        void sending(SimulatedNode node, WriteKind kind, String key, Item item);

        /** The node has done what it was told, or refused to. */
        void applied(SimulatedNode node, WriteKind kind, String key, Item item, byte[] before, boolean stored);

        /** Something that is worth a line in a trace. */
        void note(SimulatedNode node, Supplier<String> what);
    }

    /** The three ways to write. */
    enum WriteKind {
        COMPARE_AND_SET,
        ADD,
        SET
    }

    private final SimulatedServer server;
    private final SimulatedApp app;
    private final Scheduler scheduler;
    private final TimeSource time;
    private final SimulatedBreaker breaker;
    private final Observer observer;
    final SimulatedLink link;
    private SimulatedConnection connection;
    private long establishedAt;
    private long probes;
    private long knownPid;
    private int knownEvictions;

    SimulatedNode(
            SimulatedServer server, SimulatedApp app, SimulatedLink link, Scheduler scheduler, Observer observer) {
        this.server = server;
        this.app = app;
        this.link = link;
        this.scheduler = scheduler;
        this.time = app.time();
        this.breaker = new SimulatedBreaker(time);
        this.observer = observer;
        server.connectTo(this);
    }

    /** Begins to look after the connection. */
    void start() {
        if (server.isUp() && !server.isFrozen() && link.isWhole()) {
            noteLosses(server.model().pid(), server.evictions());
            establish();
        }
        probeAt(scheduler.now() + scheduler.random().nextLong(PROBE_INTERVAL));
    }

    SimulatedApp app() {
        return app;
    }

    SimulatedServer server() {
        return server;
    }

    /** The same in every run, unlike that of an address. */
    @Override
    public int hashCode() {
        return id().hashCode();
    }

    @Override
    public NodeId id() {
        return server.id();
    }

    @Override
    public NodeHealth health() {
        return breaker.health();
    }

    /** Whether the app node has a connection to the process that runs. */
    boolean isConnected() {
        return connection != null && connection.pid() == server.model().pid() && link.isWhole();
    }

    @Override
    public int maxValueBytes(int keyLength) {
        return 1_000_000;
    }

    @Override
    public NodeCall<Optional<Copy>> fetch(String key, boolean withValue, long renewTtlSeconds) {
        return send(key, on -> model -> {
            if (renewTtlSeconds != NO_RENEWAL) {
                model.touch(key, expiry(renewTtlSeconds));
            }
            Optional<MemcachedModel.Found> read = model.get(key);
            observer.note(
                    this,
                    () -> "read " + key + ": "
                            + read.map(MemcachedModel.Found::value).map(StoredBytes::describe));
            return read.map(found -> copy(on, found, withValue));
        });
    }

    private static Copy copy(SimulatedConnection on, MemcachedModel.Found found, boolean withValue) {
        CasToken token = new CasToken(on.incarnation(), found.cas());
        return new Copy(token, (int) found.flags(), found.remainingSeconds(), withValue ? found.value() : null);
    }

    @Override
    public NodeCall<Written> compareAndSet(String key, Item item, CasToken token) {
        return isVoid(token)
                ? () -> new Written(Written.Outcome.EXISTS, null)
                : write(WriteKind.COMPARE_AND_SET, key, item, OptionalLong.of(token.value()));
    }

    @Override
    public NodeCall<Written> add(String key, Item item) {
        return write(WriteKind.ADD, key, item, OptionalLong.empty());
    }

    @Override
    public NodeCall<Written> set(String key, Item item) {
        return write(WriteKind.SET, key, item, OptionalLong.empty());
    }

    @Override
    public NodeCall<Boolean> touch(String key, long ttlSeconds) {
        return send(key, on -> model -> model.touch(key, expiry(ttlSeconds)));
    }

    @Override
    public NodeCall<Written> compareAndDelete(String key, CasToken token) {
        return isVoid(token)
                ? () -> new Written(Written.Outcome.EXISTS, null)
                : send(
                        key,
                        on -> model -> written(
                                on, new StoreResult(model.delete(key, OptionalLong.of(token.value())), token.value())));
    }

    /** What the library never does: for those who try what would happen if it did. */
    NodeCall<Written> delete(String key) {
        return send(key, on -> model -> {
            model.delete(key, OptionalLong.empty());
            return new Written(Written.Outcome.STORED, new CasToken(on.incarnation(), 0));
        });
    }

    @Override
    public void close() {}

    private boolean isVoid(CasToken token) {
        return connection != null && connection.incarnation() != token.incarnation();
    }

    private NodeCall<Written> write(WriteKind kind, String key, Item item, OptionalLong cas) {
        if (connection != null) {
            observer.sending(this, kind, key, item);
        }
        Mode mode = kind == WriteKind.ADD ? Mode.ADD : Mode.SET;
        return send(key, on -> model -> {
            byte[] before = model.get(key).map(MemcachedModel.Found::value).orElse(null);
            StoreResult result = model.store(mode, key, item.value(), item.stamp(), expiry(item.ttlSeconds()), cas);
            observer.applied(this, kind, key, item, before, result.outcome() == MemcachedModel.Stored.STORED);
            return written(on, result);
        });
    }

    private static Written written(SimulatedConnection on, StoreResult result) {
        return switch (result.outcome()) {
            case STORED -> new Written(Written.Outcome.STORED, new CasToken(on.incarnation(), result.cas()));
            case EXISTS -> new Written(Written.Outcome.EXISTS, null);
            case NOT_FOUND -> new Written(Written.Outcome.NOT_FOUND, null);
            case NOT_STORED -> new Written(Written.Outcome.NOT_STORED, null);
            case TOO_LARGE -> throw new AssertionError("simulated sessions are small");
        };
    }

    private long expiry(long ttlSeconds) {
        return ttlSeconds > MAX_RELATIVE_SECONDS ? time.millis() / 1000 + ttlSeconds : ttlSeconds;
    }

    private <T> NodeCall<T> send(String key, Function<SimulatedConnection, Function<MemcachedModel, T>> command) {
        scheduler.current().keys.add(key);
        scheduler.pause();
        SimulatedConnection current = connection;
        if (current == null) {
            return () -> {
                throw failure(NodeException.Kind.UNAVAILABLE, "it is down");
            };
        }
        SimulatedCall<T> call = new SimulatedCall<>(this, current, scheduler);
        current.send(call, command.apply(current));
        scheduler.pause();
        return call;
    }

    NodeException failure(NodeException.Kind kind, String what) {
        observer.note(this, () -> "failed: " + what);
        if (scheduler.current().exchange != null) {
            scheduler.current().exchange.nodeFailed(id());
        }
        return new NodeException(kind, id(), "memcached node " + id() + ": " + what, null);
    }

    void answered(SimulatedConnection on) {
        breaker.answered(on.incarnation());
    }

    boolean isCurrent(SimulatedConnection on) {
        return breaker.health().incarnation() <= on.incarnation();
    }

    void timedOut(SimulatedConnection on) {
        if (breaker.timedOut(on.incarnation())) {
            lose(on);
        }
    }

    /** The other side, or the network, ends the connection; it is noticed a moment later. */
    void reset() {
        SimulatedConnection broken = connection;
        if (broken != null) {
            boolean late = scheduler.random().nextInt(10) == 0;
            scheduler.at(
                    scheduler.now() + scheduler.random().nextLong(late ? 300_000_000 : 1_000_000), () -> lose(broken));
        }
    }

    private void lose(SimulatedConnection lost) {
        if (connection != lost) {
            return;
        }
        breaker.lost(lost.incarnation());
        observer.note(this, () -> "connection lost");
        connection = null;
        lost.fail();
        probeAt(Math.max(scheduler.now(), establishedAt + PROBE_INTERVAL));
    }

    private void establish() {
        breaker.established();
        observer.note(this, () -> "connected");
        connection = new SimulatedConnection(
                breaker.health().incarnation(), server.model().pid(), this, scheduler);
        establishedAt = scheduler.now();
    }

    private void probeAt(long when) {
        long probe = ++probes;
        scheduler.at(when, () -> {
            if (probe == probes && app.isAlive()) {
                probe();
            }
        });
    }

    /** Asks for a sign of life on a connection of its own. */
    private void probe() {
        long probe = probes;
        long sent = scheduler.now();
        long trip = link.delay();
        if (link.isRefused() || (!server.isUp() && !server.isSilent())) {
            scheduler.at(sent + trip, () -> refused(probe));
            return;
        }
        if (link.isWhole() && server.isUp()) {
            long pid = server.model().pid();
            scheduler.at(
                    sent + trip,
                    () -> server.receive(this, pid, () -> {
                        int evictions = server.evictions();
                        scheduler.at(scheduler.now() + link.delay(), () -> probed(probe, pid, evictions));
                    }));
        }
        scheduler.at(sent + OPERATION_TIMEOUT, () -> unanswered(probe));
    }

    private boolean isOver(long probe) {
        if (probe != probes || !app.isAlive()) {
            return true;
        }
        probeAt(scheduler.now() + PROBE_INTERVAL);
        return false;
    }

    private void probed(long probe, long pid, int evictions) {
        if (link.isWhole() && !isOver(probe)) {
            noteLosses(pid, evictions);
            if (connection == null) {
                if (server.isUp() && server.model().pid() == pid) {
                    establish();
                }
            } else if (connection.pid() != pid) {
                lose(connection);
            }
        }
    }

    /** As the library's {@code NodeKeeper} does. */
    private void noteLosses(long pid, int evictions) {
        if (pid != knownPid) {
            breaker.lostItems(time.nanos() - scheduler.now() + server.startedAt());
            knownEvictions = 0;
        }
        if (evictions > knownEvictions) {
            breaker.lostItems(time.nanos());
        }
        knownPid = pid;
        knownEvictions = evictions;
    }

    private void unanswered(long probe) {
        if (!isOver(probe) && connection != null) {
            timedOut(connection);
        }
    }

    private void refused(long probe) {
        if (!isOver(probe) && connection != null) {
            lose(connection);
        }
    }
}
