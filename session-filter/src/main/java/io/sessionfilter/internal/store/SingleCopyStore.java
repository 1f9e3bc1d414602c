package io.sessionfilter.internal.store;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.record.RecordContent;
import io.sessionfilter.internal.record.RecordException;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.store.Written.Outcome;
import io.sessionfilter.internal.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One copy per session, on the first memcached node of its ring: PROTOCOL.md with a single copy. While that node is down its sessions
 * live on the app nodes that have them in their near-cache.
 *
 * <p>A node that came back empty cannot be told from a logout that it has forgotten; so a record that it misses is put back only if it was
 * confirmed within {@code validateAfter} before the outage was noticed.
 */
public final class SingleCopyStore implements SessionStore {
    /** Others may win a compare-and-set; nobody loses so often in a row unless something is wrong. */
    private static final int MAX_ATTEMPTS = 16;

    /** A commit that the deciding copy is missing for must beat whatever was decided unseen (PROTOCOL.md section 3). */
    private static final long UNDECIDED_STEP = 1L << 32;

    private final Ring ring;
    private final SessionKeys keys;
    private final String keyPrefix;
    private final TimeToLive timeToLive;
    private final long validateAfterNanos;
    private final TimeSource time;
    private final LongSupplier random;
    private final Metrics metrics;
    private final TombstoneDebts debts;
    private final ScheduledFuture<?> payingDebts;

    /**
     * @param keyPrefix goes before each session key; what separates the web applications of one memcached
     * @param timeToLive how long items live
     * @param validateAfter how old the near-cache may be, see above
     * @param secureRandom for session keys
     * @param random any 64 bits, for commit ids and stamps
     * @param executor runs short tasks that may block for an operation timeout; not closed with this
     */
    public SingleCopyStore(
            Ring ring,
            String keyPrefix,
            TimeToLive timeToLive,
            Duration validateAfter,
            TimeSource time,
            RandomGenerator secureRandom,
            LongSupplier random,
            ScheduledExecutorService executor,
            Metrics metrics) {
        this.ring = ring;
        this.keys = new SessionKeys(ring, secureRandom);
        this.keyPrefix = keyPrefix;
        this.timeToLive = timeToLive;
        this.validateAfterNanos = validateAfter.toNanos();
        this.time = time;
        this.random = random;
        this.metrics = metrics;
        this.debts = new TombstoneDebts(metrics);
        this.payingDebts = executor.scheduleWithFixedDelay(debts::pay, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public String newKey() {
        return keys.next();
    }

    @Override
    public NodeId nodeOf(String key) {
        return ring.first(key).id();
    }

    @Override
    public boolean isReachable(String key) {
        return ring.first(key).health().usable();
    }

    @Override
    public OpenResult open(String key, @Nullable StoredRecord known, long idleHereNanos) {
        MemcachedNode node = ring.first(key);
        try {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                OpenResult result = tryOpen(node, keyPrefix + key, known, idleHereNanos);
                if (result != null) {
                    return result;
                }
            }
            throw contended(node, "open");
        } catch (NodeException | RecordException e) {
            return new OpenResult.Unreadable(e);
        }
    }

    /** One try; {@code null}: somebody else changed what was to be ended as expired, look again. */
    private @Nullable OpenResult tryOpen(
            MemcachedNode node, String storageKey, @Nullable StoredRecord known, long idleHereNanos)
            throws NodeException, RecordException {
        // When it is not known that the session is in use, renewal must not ride on the read that decides whether it
        // has expired: it would
        // make a dead session look alive to the next reader.
        StoredRecord inUse = known != null && !isIdle(known.record(), idleHereNanos) ? known : null;
        long renewed = inUse != null ? ttlOf(inUse.record()) : MemcachedNode.NO_RENEWAL;
        long asked = time.nanos();
        Optional<Copy> answer = node.fetch(storageKey, known == null, renewed).await();
        if (known != null && answer.isPresent() && answer.get().stamp() != known.stamp()) {
            answer = node.fetch(storageKey, true, MemcachedNode.NO_RENEWAL).await();
        }
        if (answer.isEmpty()) {
            if (inUse != null && mayRestore(node, inUse)) {
                return new OpenResult.Found(inUse.lost(), 0);
            }
            return new OpenResult.Missing();
        }
        Copy copy = answer.get();
        byte[] value = copy.value();
        // The value comes along unless the stamp has shown that the known record is the current one.
        SessionRecord record = value == null && known != null ? known.record() : parse(value);
        if (record.isTombstone()) {
            return new OpenResult.Ended(false);
        }
        StoredRecord stored = new StoredRecord(record, copy.stamp(), copy.token(), asked);
        if (inUse != null && ttlOf(record) == renewed) {
            return new OpenResult.Found(stored, 0);
        }
        long idle = inUse != null ? 0 : timeToLive.idleSeconds(record.maxInactiveInterval(), copy.remainingSeconds());
        if (inUse == null && hasExpired(record, idle, known != null && known.record() == record, idleHereNanos)) {
            return expire(node, storageKey, record, copy.token()) ? new OpenResult.Ended(true, stored) : null;
        }
        node.touch(storageKey, ttlOf(record)).await();
        return new OpenResult.Found(stored, idle);
    }

    private SessionRecord parse(byte @Nullable [] value) throws RecordException {
        try {
            return SessionRecord.parse(value == null ? new byte[0] : value);
        } catch (RecordException e) {
            metrics.count(Counter.RECORDS_UNREADABLE);
            throw e;
        }
    }

    private static boolean isIdle(SessionRecord record, long idleHereNanos) {
        int timeout = record.maxInactiveInterval();
        return timeout > 0 && idleHereNanos >= TimeUnit.SECONDS.toNanos(timeout);
    }

    /**
     * With nothing but the item's remaining time to go by, the slack is granted, for a renewal may lag behind the use. An app node that knows
     * to the nanosecond when it used the session itself needs from the store only that nobody else renewed it since.
     */
    private boolean hasExpired(SessionRecord record, long idleSeconds, boolean unchangedSince, long idleHereNanos) {
        int timeout = record.maxInactiveInterval();
        if (timeToLive.isExpired(timeout, idleSeconds)) {
            return true;
        }
        // Others use the session unseen for validateAfter at most; a second of it is within memcached's own resolution.
        long unseen =
                Math.min(validateAfterNanos, timeToLive.renewalInterval(timeout).toNanos());
        return unchangedSince
                && isIdle(record, idleHereNanos)
                && idleSeconds >= timeout + TimeUnit.NANOSECONDS.toSeconds(unseen) - 1;
    }

    @Override
    public OpenResult expireIfIdle(String key, int stamp, long idleHereNanos) {
        MemcachedNode node = ring.first(key);
        String storageKey = keyPrefix + key;
        try {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                Current current = current(node, storageKey, null);
                StoredRecord stored = current.stored();
                if (stored == null) {
                    return current.ended() ? new OpenResult.Ended(false) : new OpenResult.Missing();
                }
                SessionRecord record = stored.record();
                long idle = timeToLive.idleSeconds(record.maxInactiveInterval(), current.remainingSeconds());
                if (!hasExpired(record, idle, stored.stamp() == stamp, idleHereNanos)) {
                    return new OpenResult.Found(stored, idle);
                }
                CasToken token = stored.token();
                if (token != null && expire(node, storageKey, record, token)) {
                    return new OpenResult.Ended(true, stored);
                }
            }
            throw contended(node, "expire");
        } catch (NodeException | RecordException e) {
            return new OpenResult.Unreadable(e);
        }
    }

    private boolean expire(MemcachedNode node, String storageKey, SessionRecord record, CasToken token)
            throws NodeException {
        Item tombstone = tombstone(record.maxInactiveInterval());
        boolean won = node.compareAndSet(storageKey, tombstone, token).await().outcome() == Outcome.STORED;
        if (won) {
            metrics.count(Counter.SESSIONS_EXPIRED);
        }
        return won;
    }

    private boolean mayRestore(MemcachedNode node, StoredRecord known) {
        if (known.isLost()) {
            return true; // it was found so before, and is still to be put back
        }
        NodeHealth health = node.health();
        CasToken token = known.token();
        boolean confirmedSince = token != null && token.incarnation() == health.incarnation();
        return health.outages() > 0
                && !confirmedSince
                && known.validatedNanos() - health.outageNoticedNanos() >= -validateAfterNanos;
    }

    @Override
    public CommitResult commit(String key, @Nullable StoredRecord known, RecordChange change) {
        MemcachedNode node = ring.first(key);
        String storageKey = keyPrefix + key;
        long commitId = random.getAsLong();
        StoredRecord base = known;
        boolean mustAsk = known != null && !hasTokenOf(node, known);
        long writingOver = CommitResult.Failed.NONE;
        try {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                if (mustAsk) {
                    Current current = current(node, storageKey, known);
                    if (current.ended()) {
                        return new CommitResult.Ended();
                    }
                    base = current.stored();
                }
                if (base != null && base.record().contains(commitId)) {
                    return new CommitResult.Stored(base);
                }
                writingOver = base == null ? 0 : base.record().revision();
                CommitResult result = write(node, storageKey, commitId, base, change);
                writingOver = CommitResult.Failed.NONE;
                if (result != null) {
                    return result;
                }
                metrics.count(Counter.SAVE_CONFLICTS);
                mustAsk = true;
            }
            throw contended(node, "commit");
        } catch (NodeException | RecordException e) {
            boolean unanswered = e instanceof NodeException failure && failure.kind() == NodeException.Kind.UNKNOWN;
            return new CommitResult.Failed(e, unanswered ? writingOver : CommitResult.Failed.NONE);
        }
    }

    private static boolean hasTokenOf(MemcachedNode node, StoredRecord stored) {
        CasToken token = stored.token();
        return token != null && token.incarnation() == node.health().incarnation();
    }

    /**
     * What is in the store now.
     *
     * @param stored {@code null}: it has ended, or nothing yet, of a session that was never stored
     * @param remainingSeconds see {@link Copy#remainingSeconds()}; without meaning if nothing is there
     */
    private record Current(boolean ended, @Nullable StoredRecord stored, long remainingSeconds) {
        Current(boolean ended, @Nullable StoredRecord stored) {
            this(ended, stored, 0);
        }
    }

    private Current current(MemcachedNode node, String storageKey, @Nullable StoredRecord known)
            throws NodeException, RecordException {
        long asked = time.nanos();
        Optional<Copy> answer =
                node.fetch(storageKey, true, MemcachedNode.NO_RENEWAL).await();
        if (answer.isPresent()) {
            Copy copy = answer.get();
            SessionRecord record = parse(copy.value());
            return record.isTombstone()
                    ? new Current(true, null)
                    : new Current(
                            false,
                            new StoredRecord(record, copy.stamp(), copy.token(), asked),
                            copy.remainingSeconds());
        }
        if (known == null) {
            return new Current(false, null);
        }
        return mayRestore(node, known) ? new Current(false, known.lost()) : new Current(true, null);
    }

    /** One write on top of a record; {@code null}: somebody else was faster, look again. */
    private @Nullable CommitResult write(
            MemcachedNode node, String storageKey, long commitId, @Nullable StoredRecord base, RecordChange change)
            throws NodeException {
        long asked = time.nanos();
        RecordContent content = change.over(base == null ? null : base.record());
        if (content == null && base != null && !base.isLost()) {
            return new CommitResult.Stored(base);
        }
        SessionRecord next = next(base, commitId, content, change.created());
        CasToken token = base == null ? null : base.token();
        int stamp = stamp();
        Item item = new Item(next.bytes(), stamp, ttlOf(next));
        Written written = token == null
                ? node.add(storageKey, item).await()
                : node.compareAndSet(storageKey, item, token).await();
        if (written.outcome() != Outcome.STORED) {
            return null;
        }
        if (base != null && base.isLost()) {
            metrics.count(Counter.SESSIONS_RESTORED);
        }
        return new CommitResult.Stored(new StoredRecord(next, stamp, written.token(), asked));
    }

    private static SessionRecord next(
            @Nullable StoredRecord base, long commitId, @Nullable RecordContent content, long created) {
        if (base == null) {
            return SessionRecord.first(1, commitId, created, Objects.requireNonNull(content));
        }
        SessionRecord current = base.record();
        RecordContent next = content != null
                ? content
                : new RecordContent(Map.of(), current.maxInactiveInterval(), current.lastCommit());
        return current.next(current.revision() + (base.isLost() ? UNDECIDED_STEP : 1), commitId, next);
    }

    @Override
    public boolean end(String key, int timeoutSeconds) {
        MemcachedNode node = ring.first(key);
        Item tombstone = tombstone(timeoutSeconds);
        try {
            node.set(keyPrefix + key, tombstone).await();
            return true;
        } catch (NodeException e) {
            debts.add(keyPrefix + key, node, tombstone);
            return false;
        }
    }

    @Override
    public OpenResult endIfUnchanged(String key, StoredRecord known) {
        MemcachedNode node = ring.first(key);
        String storageKey = keyPrefix + key;
        StoredRecord now = known;
        try {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                CasToken token = now.token();
                Item tombstone = tombstone(now.record().maxInactiveInterval());
                if (token != null
                        && hasTokenOf(node, now)
                        && node.compareAndSet(storageKey, tombstone, token)
                                        .await()
                                        .outcome()
                                == Outcome.STORED) {
                    return new OpenResult.Ended(true);
                }
                Current current = current(node, storageKey, known);
                now = current.stored();
                if (current.ended() || now == null) {
                    return new OpenResult.Ended(false);
                }
                if (now.isLost()) { // and so cannot have changed
                    node.set(storageKey, tombstone).await();
                    return new OpenResult.Ended(true);
                }
                if (now.stamp() != known.stamp()) {
                    return new OpenResult.Found(now, 0);
                }
            }
            throw contended(node, "end");
        } catch (NodeException | RecordException e) {
            return new OpenResult.Unreadable(e);
        }
    }

    @Override
    public boolean touch(String key, int timeoutSeconds) {
        try {
            return ring.first(key)
                    .touch(keyPrefix + key, timeToLive.ofSession(timeoutSeconds))
                    .await();
        } catch (NodeException e) {
            // The next use tries again, and the slack covers the time until then; the node's state change is logged
            // where it is noticed.
            return false;
        }
    }

    private long ttlOf(SessionRecord record) {
        return timeToLive.ofSession(record.maxInactiveInterval());
    }

    private Item tombstone(int timeoutSeconds) {
        SessionRecord tombstone = SessionRecord.tombstone(random.getAsLong(), time.millis());
        return new Item(tombstone.bytes(), stamp(), timeToLive.ofTombstone(timeoutSeconds));
    }

    private int stamp() {
        return (int) (random.getAsLong() & Integer.MAX_VALUE);
    }

    private static NodeException contended(MemcachedNode node, String operation) {
        return new NodeException(
                NodeException.Kind.UNKNOWN,
                node.id(),
                operation + " on memcached node " + node.id() + ": others changed the session " + MAX_ATTEMPTS
                        + " times in a row",
                null);
    }

    @Override
    public void close() {
        payingDebts.cancel(false);
    }
}
