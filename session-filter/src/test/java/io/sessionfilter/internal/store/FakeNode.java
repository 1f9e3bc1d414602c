package io.sessionfilter.internal.store;

import io.sessionfilter.internal.time.TimeSource;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/** A memcached node in memory, whose clock, failures and interruptions the test commands. Operations are atomic. */
public final class FakeNode implements MemcachedNode {
    private static final int MAX_VALUE = 1_048_000;

    private record Entry(Item item, long cas, long expiresNanos) {}

    @FunctionalInterface
    private interface Operation<T> {
        T run();
    }

    private final NodeId id;
    private final TimeSource time;
    private final Map<String, Entry> items = new HashMap<>();
    private final Deque<Runnable> interruptions = new ConcurrentLinkedDeque<>();
    private final Deque<Runnable> answers = new ConcurrentLinkedDeque<>();

    private long nextCas = 1;
    private boolean usable = true;
    private int incarnation = 1;
    private int outages;
    private long outageNoticedNanos;
    private long lossNoticedNanos;
    private int losses;
    private boolean loseNextAnswer;
    private boolean refuseNextWrite;

    /** Operations that reached the node. */
    public int operations;

    /** Values that went over the wire, in either direction. */
    public int values;

    public FakeNode(String id, TimeSource time) {
        this.id = new NodeId(id);
        this.time = time;
    }

    /** From now on the node cannot be reached; what it holds stays. */
    public void goDown() {
        usable = false;
        outages++;
        outageNoticedNanos = time.nanos();
    }

    /** The node can be reached again, over a new connection. */
    public void comeBack() {
        usable = true;
        incarnation++;
    }

    /** The node can be reached again, and has forgotten all. */
    public void comeBackEmpty() {
        items.clear();
        nextCas = 1;
        noticeLoss();
        comeBack();
    }

    /** It is seen that the node has restarted, or has evicted live items. */
    public void noticeLoss() {
        lossNoticedNanos = time.nanos();
        losses++;
    }

    /** How many it has. */
    public int items() {
        return items.size();
    }

    /** The node forgets all without anybody noticing. */
    public void evictAll() {
        items.clear();
    }

    /** The next operation takes effect, but its answer does not come in time. */
    public void loseNextAnswer() {
        loseNextAnswer = true;
    }

    /** The next write finds no memory for its item, and loses the one that was there. */
    public void refuseNextWrite() {
        refuseNextWrite = true;
    }

    /** Runs after the next operation has happened, before it is answered. */
    public void answerNext(Runnable interruption) {
        answers.add(interruption);
    }

    /** Runs before the next operation that is not within another interruption. */
    public void interruptNext(Runnable interruption) {
        interruptions.add(interruption);
    }

    /** What has not been interrupted yet is not. */
    public void forgetInterruptions() {
        interruptions.clear();
    }

    @Override
    public NodeId id() {
        return id;
    }

    @Override
    public NodeHealth health() {
        return new NodeHealth(usable, incarnation, outageNoticedNanos, outages, lossNoticedNanos, losses);
    }

    @Override
    public int maxValueBytes(int keyLength) {
        return MAX_VALUE;
    }

    @Override
    public NodeCall<Optional<Copy>> fetch(String key, boolean withValue, long renewTtlSeconds) {
        return call(() -> {
            Entry entry = live(key);
            if (entry == null) {
                return Optional.empty();
            }
            if (renewTtlSeconds != NO_RENEWAL) {
                entry = new Entry(entry.item(), entry.cas(), expiry(renewTtlSeconds));
                items.put(key, entry);
            }
            long remaining = entry.expiresNanos() == Long.MAX_VALUE
                    ? -1
                    : TimeUnit.NANOSECONDS.toSeconds(entry.expiresNanos() - time.nanos());
            values += withValue ? 1 : 0;
            byte[] value = withValue ? entry.item().value() : null;
            return Optional.of(new Copy(token(entry.cas()), entry.item().stamp(), remaining, value));
        });
    }

    @Override
    public NodeCall<Written> compareAndSet(String key, Item item, CasToken token) {
        if (token.incarnation() != incarnation) {
            return () -> new Written(Written.Outcome.EXISTS, null);
        }
        return write(key, item, () -> {
            Entry entry = live(key);
            if (entry == null) {
                return new Written(Written.Outcome.NOT_FOUND, null);
            }
            return entry.cas() == token.value() ? store(key, item) : new Written(Written.Outcome.EXISTS, null);
        });
    }

    @Override
    public NodeCall<Written> add(String key, Item item) {
        return write(
                key, item, () -> live(key) == null ? store(key, item) : new Written(Written.Outcome.NOT_STORED, null));
    }

    @Override
    public NodeCall<Written> set(String key, Item item) {
        return write(key, item, () -> store(key, item));
    }

    @Override
    public NodeCall<Boolean> touch(String key, long ttlSeconds) {
        return call(() -> {
            Entry entry = live(key);
            if (entry != null) {
                items.put(key, new Entry(entry.item(), entry.cas(), expiry(ttlSeconds)));
            }
            return entry != null;
        });
    }

    @Override
    public NodeCall<Written> compareAndDelete(String key, CasToken token) {
        if (token.incarnation() != incarnation) {
            return () -> new Written(Written.Outcome.EXISTS, null);
        }
        return call(() -> {
            Entry entry = live(key);
            if (entry == null) {
                return new Written(Written.Outcome.NOT_FOUND, null);
            }
            if (entry.cas() != token.value()) {
                return new Written(Written.Outcome.EXISTS, null);
            }
            items.remove(key);
            return new Written(Written.Outcome.STORED, token);
        });
    }

    @Override
    public void close() {}

    private Written store(String key, Item item) {
        values++;
        long cas = nextCas++;
        items.put(key, new Entry(item, cas, expiry(item.ttlSeconds())));
        return new Written(Written.Outcome.STORED, token(cas));
    }

    private NodeCall<Written> write(String key, Item item, Operation<Written> operation) {
        if (item.value().length > MAX_VALUE) {
            return () -> {
                throw failure(NodeException.Kind.TOO_LARGE);
            };
        }
        if (refuseNextWrite) {
            refuseNextWrite = false;
            items.remove(key);
            return () -> {
                throw failure(NodeException.Kind.REFUSED);
            };
        }
        return call(operation);
    }

    private <T> NodeCall<T> call(Operation<T> operation) {
        Runnable interruption = interruptions.poll();
        if (interruption != null) {
            interruption.run();
        }
        Runnable beforeAnswer = answers.poll();
        NodeCall<T> call = happen(operation);
        if (beforeAnswer != null) {
            beforeAnswer.run();
        }
        return call;
    }

    private <T> NodeCall<T> happen(Operation<T> operation) {
        synchronized (this) {
            if (!usable) {
                return () -> {
                    throw failure(NodeException.Kind.UNAVAILABLE);
                };
            }
            operations++;
            T answer = operation.run();
            if (loseNextAnswer) {
                loseNextAnswer = false;
                return () -> {
                    throw failure(NodeException.Kind.UNKNOWN);
                };
            }
            return () -> answer;
        }
    }

    private NodeException failure(NodeException.Kind kind) {
        return new NodeException(kind, id, "memcached node " + id + ": " + kind, null);
    }

    private Entry live(String key) {
        Entry entry = items.get(key);
        if (entry != null && entry.expiresNanos() <= time.nanos()) {
            items.remove(key);
            return null;
        }
        return entry;
    }

    private long expiry(long ttlSeconds) {
        return ttlSeconds == 0 ? Long.MAX_VALUE : time.nanos() + TimeUnit.SECONDS.toNanos(ttlSeconds);
    }

    private CasToken token(long cas) {
        return new CasToken(incarnation, cas);
    }
}
