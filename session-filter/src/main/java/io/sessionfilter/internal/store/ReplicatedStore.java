package io.sessionfilter.internal.store;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Several copies per session, on the first usable memcached nodes of its ring (PROTOCOL.md): {@link Opening} reads them, {@link Committing}
 * writes them, {@link Ending} and {@link Retiring} end them, {@link Repairs} and {@link Debts} make up for what an outage has prevented. Where there are
 * copies, one {@link Survey} per operation tells; how they are replaced, {@link Placement}.
 *
 * <p>With a single copy the session lives on the first node of its ring only; see {@link StoreContext#nodes} and {@link Restoring}.
 */
public final class ReplicatedStore implements SessionStore {
    /**
     * How sessions are kept.
     *
     * @param copies how many of each: 1 + {@code backupCopies}; at most as many as there are nodes
     * @param failoverNodes on which sessions are started only when no other is up
     * @param keyPrefix goes before each session key; what separates the web applications of one memcached
     * @param timeToLive how long items live
     * @param validateAfter for how long an app node may use a session without asking the store
     * @param debtsPerSecond how many debts are paid a second at most
     */
    public record Settings(
            int copies,
            Set<NodeId> failoverNodes,
            String keyPrefix,
            TimeToLive timeToLive,
            Duration validateAfter,
            int debtsPerSecond) {
        public Settings {
            failoverNodes = Set.copyOf(failoverNodes);
        }
    }

    private final StoreContext context;
    private final SessionKeys keys;
    private final Debts debts;
    private final Ending ending;
    private final Repairs repairs;
    private final ScheduledFuture<?> payingDebts;

    /**
     * @param secureRandom for session keys
     * @param random any 64 bits, for commit ids, stamps and waits
     * @param executor runs short tasks that may block for an operation timeout; not closed with this
     */
    public ReplicatedStore(
            Ring ring,
            Settings settings,
            TimeSource time,
            RandomGenerator secureRandom,
            LongSupplier random,
            ScheduledExecutorService executor,
            Metrics metrics) {
        int copies = settings.copies();
        checkEnough(copies, ring.nodes().size());
        Membership membership = new Membership(ring);
        this.context = new StoreContext(
                membership,
                copies,
                settings.keyPrefix(),
                settings.timeToLive(),
                settings.validateAfter().toNanos(),
                time,
                random,
                metrics,
                StoreContext.usualTtl(settings.timeToLive()));
        this.keys = new SessionKeys(membership, settings.failoverNodes(), secureRandom);
        this.debts = new Debts(metrics);
        this.ending = new Ending(context, debts);
        this.repairs = new Repairs(context, ending, executor);
        this.payingDebts = executor.scheduleWithFixedDelay(
                () -> debts.pay(settings.debtsPerSecond(), key -> repairs.repair(key, null)), 1, 1, TimeUnit.SECONDS);
    }

    private static void checkEnough(int copies, int nodes) {
        if (copies < 1 || copies > nodes) {
            throw new IllegalArgumentException(
                    copies + " copies of a session need as many memcached nodes, but there are " + nodes);
        }
    }

    /**
     * Checks a number of memcached nodes.
     *
     * @throws IllegalArgumentException if there are fewer than copies
     */
    public void checkEnough(int nodes) {
        checkEnough(context.copies(), nodes);
    }

    @Override
    public String newKey() {
        return keys.next();
    }

    /**
     * The lock of one session, for one owner; no I/O yet.
     *
     * @param ttlSeconds how long it lasts unless it is renewed
     */
    public LockItem lock(String key, long ttlSeconds) {
        return new LockItem(context, key, ttlSeconds);
    }

    @Override
    public NodeId nodeOf(String key) {
        MemcachedNode first = context.membership().ring().first(key);
        if (first.health().usable()) {
            return first.id();
        }
        return context.homes(key).ring().stream()
                .filter(node -> node.health().usable())
                .findFirst()
                .orElse(first)
                .id();
    }

    @Override
    public boolean isReachable(String key) {
        return context.homes(key).ring().stream().anyMatch(node -> node.health().usable());
    }

    @Override
    public OpenResult open(String key, @Nullable StoredRecord known, long idleHereNanos) {
        int stamp = known == null ? Opening.NO_STAMP : known.stamp();
        return new Opening(context, ending, repairs, key, known, stamp, idleHereNanos).open();
    }

    @Override
    public OpenResult expireIfIdle(String key, int stamp, long idleHereNanos) {
        return new Opening(context, ending, repairs, key, null, stamp, idleHereNanos).expire();
    }

    @Override
    public CommitResult commit(String key, @Nullable StoredRecord known, RecordChange change) {
        return new Committing(context, ending, debts, key, known, change).run();
    }

    @Override
    public void end(String key, int timeoutSeconds) {
        ending.end(key, timeoutSeconds);
    }

    @Override
    public void endSession(String key, @Nullable StoredRecord known, int timeoutSeconds) {
        ending.endSession(key, known, timeoutSeconds);
    }

    @Override
    public Retirement retire(String key) {
        return new Retiring(context, ending, key);
    }

    @Override
    public boolean repair(String key, StoredRecord known, long idleHereNanos) {
        return repairs.repairOrRestore(key, known, idleHereNanos);
    }

    @Override
    public int connections() {
        int sum = 0;
        for (MemcachedNode node : context.membership().nodes()) {
            sum += node.health().incarnation();
        }
        return sum;
    }

    /**
     * Begins to live on other nodes. Until the change is over both lists count, so that app nodes may hear of it one after the other.
     *
     * @param next of the new list; nodes that stay are the same objects
     * @return {@code false}: another change is under way, and nothing was done
     * @throws IllegalArgumentException if there are fewer nodes than copies
     */
    public boolean changeNodes(Ring next) {
        checkEnough(next.nodes().size());
        return context.membership().change(next, context.time().nanos());
    }

    /** All nodes, also those that are about to leave. */
    public List<MemcachedNode> nodes() {
        return context.membership().nodes();
    }

    /** How far the change of nodes has come. */
    public Membership.Step changeStep() {
        return context.membership().step();
    }

    /**
     * Makes the next step of the change of nodes that is under way.
     *
     * @param atOnce or only if the present one has lasted for half of the longest life of a session: when the last one is over, none lives that was
     *     not used since the change
     * @return the nodes that are of no use any more, to be closed
     */
    public List<MemcachedNode> advanceChange(boolean atOnce) {
        long minAge = atOnce ? 0 : context.longestTtl().get() / 2;
        List<MemcachedNode> left =
                context.membership().advance(minAge, context.time().nanos());
        debts.forgive(left);
        return left;
    }

    /** How many sessions are owed to memcached nodes that could not be reached. */
    public int debts() {
        return debts.size();
    }

    @Override
    public void close() {
        payingDebts.cancel(false);
    }
}
