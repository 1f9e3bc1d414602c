package io.sessionfilter.internal.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One app node's way to a memcached node, which the test cuts, delays and listens to. For one thread. */
final class Link implements MemcachedNode {
    /** What becomes of an operation whose answer does not come in time. */
    enum Loss {
        WITH_EFFECT,
        WITHOUT_EFFECT,
        /** It happens when the test says {@link #deliver()}. */
        LATER
    }

    @FunctionalInterface
    private interface Operation<T> {
        NodeCall<T> start();
    }

    private final FakeNode node;
    private final List<String> log;
    private final Deque<Runnable> before = new ArrayDeque<>();
    private final Deque<Runnable> late = new ArrayDeque<>();
    private final Deque<Loss> losses = new ArrayDeque<>();
    private boolean cut;
    private int reconnects;

    /**
     * @param log what is sent and what is awaited, shared with the app node's other links
     */
    Link(FakeNode node, List<String> log) {
        this.node = node;
        this.log = log;
    }

    /** This app node cannot reach the node, and knows it. */
    void cut() {
        cut = true;
    }

    /** It can again, over a new connection. */
    void mend() {
        cut = false;
        reconnects++;
    }

    /** The next operation has no answer in time. */
    void loseNext(Loss loss) {
        losses.add(loss);
    }

    /** What was lost for later happens now. */
    void deliver() {
        List.copyOf(late).forEach(Runnable::run);
        late.clear();
    }

    /** Runs before the next operation happens. */
    void beforeNext(Runnable action) {
        before.add(action);
    }

    @Override
    public NodeId id() {
        return node.id();
    }

    @Override
    public NodeHealth health() {
        NodeHealth health = node.health();
        return new NodeHealth(
                health.usable() && !cut,
                health.incarnation() + reconnects,
                health.outageNoticedNanos(),
                health.outages(),
                health.lossNoticedNanos(),
                health.losses());
    }

    @Override
    public int maxValueBytes(int keyLength) {
        return node.maxValueBytes(keyLength);
    }

    @Override
    public NodeCall<Optional<Copy>> fetch(String key, boolean withValue, long renewTtlSeconds) {
        String name = "fetch" + (withValue ? " value" : "") + (renewTtlSeconds == NO_RENEWAL ? "" : " renew");
        NodeCall<Optional<Copy>> call = send(name, () -> node.fetch(key, withValue, renewTtlSeconds));
        return () -> call.await()
                .map(copy -> new Copy(mine(copy.token()), copy.stamp(), copy.remainingSeconds(), copy.value()));
    }

    @Override
    public NodeCall<Written> compareAndSet(String key, Item item, CasToken token) {
        if (token.incarnation() != health().incarnation()) {
            return () -> new Written(Written.Outcome.EXISTS, null);
        }
        CasToken theirs = new CasToken(token.incarnation() - reconnects, token.value());
        return mine(send("cas", () -> node.compareAndSet(key, item, theirs)));
    }

    @Override
    public NodeCall<Written> add(String key, Item item) {
        return mine(send("add", () -> node.add(key, item)));
    }

    @Override
    public NodeCall<Written> set(String key, Item item) {
        return mine(send("set", () -> node.set(key, item)));
    }

    @Override
    public NodeCall<Boolean> touch(String key, long ttlSeconds) {
        return send("touch", () -> node.touch(key, ttlSeconds));
    }

    @Override
    public NodeCall<Written> compareAndDelete(String key, CasToken token) {
        throw new UnsupportedOperationException("locks are not tested here");
    }

    @Override
    public void close() {}

    private CasToken mine(CasToken token) {
        return new CasToken(token.incarnation() + reconnects, token.value());
    }

    private NodeCall<Written> mine(NodeCall<Written> call) {
        return () -> {
            Written written = call.await();
            CasToken token = written.token();
            return token == null ? written : new Written(written.outcome(), mine(token));
        };
    }

    private <T> NodeCall<T> send(String name, Operation<T> operation) {
        if (cut) {
            return () -> {
                throw failure(NodeException.Kind.UNAVAILABLE);
            };
        }
        Runnable action = before.poll();
        if (action != null) {
            action.run();
        }
        log.add(id() + " " + name);
        Loss loss = losses.poll();
        if (loss != null) {
            if (loss == Loss.WITH_EFFECT) {
                operation.start();
            } else if (loss == Loss.LATER) {
                late.add(() -> operation.start());
            }
            return () -> {
                throw failure(NodeException.Kind.UNKNOWN);
            };
        }
        NodeCall<T> call = operation.start();
        return () -> {
            log.add(id() + " answered");
            return call.await();
        };
    }

    private NodeException failure(NodeException.Kind kind) {
        return new NodeException(kind, id(), "memcached node " + id() + ": " + kind, null);
    }

    /** What was sent, for a test that looks at one operation. */
    static List<String> sent(List<String> log) {
        List<String> sent = new ArrayList<>(log);
        sent.removeIf(line -> line.endsWith("answered"));
        return sent;
    }
}
