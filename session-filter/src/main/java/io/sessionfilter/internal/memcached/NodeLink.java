package io.sessionfilter.internal.memcached;

import io.sessionfilter.internal.store.NodeHealth;
import io.sessionfilter.internal.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one memcached node, or that there is none. Whoever finds the connection useless reports it here: it
 * is forgotten, what is under way on it fails, and the keeper is told, which closes it and makes the next one. Each
 * change of state is one line in the log.
 *
 * <p>Nothing here blocks. Safe for use by many threads.
 */
final class NodeLink implements SessionEvents {
    private static final Logger log = LoggerFactory.getLogger(NodeLink.class);

    private final NodeSettings settings;
    private final TimeSource time;
    private final NodeBreaker breaker;
    private final Runnable onLoss;
    private volatile @Nullable Connection current;
    private volatile ItemLimit limit = ItemLimit.DEFAULT;
    private volatile long establishedAtNanos;
    private boolean closed;

    /**
     * Creates a link without a connection.
     *
     * @param onLoss called after each loss of a connection; must not block
     */
    NodeLink(NodeSettings settings, TimeSource time, Runnable onLoss) {
        this.settings = settings;
        this.time = time;
        this.breaker = new NodeBreaker(settings.timeoutThreshold(), time);
        this.onLoss = onLoss;
    }

    NodeHealth health() {
        return breaker.health();
    }

    ItemLimit limit() {
        return limit;
    }

    /** The connection to use; {@code null} while the node is not usable. */
    @Nullable
    Connection current() {
        return current;
    }

    /** When the latest connection was established; without meaning before the first. */
    long establishedAtNanos() {
        return establishedAtNanos;
    }

    /** A session was connected to the node that the report is of: usable from here on. */
    void established(NodeSession session, ServerReport report) {
        synchronized (this) {
            if (closed) {
                return;
            }
            limit = report.limit();
            establishedAtNanos = time.nanos();
            current = new Connection(breaker.nextIncarnation(), session, settings.maxWaiting());
            breaker.established();
        }
        log.info(
                "memcached node {} is up: {}, connection {}",
                describe(),
                report.version(),
                breaker.health().incarnation());
        if (session.isClosed()) {
            closed(session); // before anybody here knew it
        }
    }

    /** The node has had all that it was given only since then: it started, or evicted live items. */
    void lostItems(long atNanos) {
        breaker.lostItems(atNanos);
    }

    /** An operation was answered in time. */
    void answered(Connection connection) {
        breaker.answered(connection.incarnation());
    }

    /** An operation, or a probe, had no answer in time. */
    void timedOut(Connection connection) {
        if (breaker.timedOut(connection.incarnation())) {
            lost(
                    connection,
                    settings.timeoutThreshold() + " operations in a row had no answer within "
                            + settings.operationTimeout().toMillis() + " ms");
        }
    }

    /** The connection is of no more use. */
    void lost(Connection connection, String reason) {
        if (forget(connection, reason)) {
            log.warn(
                    "memcached node {} is down: {}; probing it each {} ms until it answers",
                    describe(),
                    reason,
                    settings.probeInterval().toMillis());
            onLoss.run();
        }
    }

    /** Whether an answer that came on this connection counts: not once there is a newer one. */
    boolean isCurrent(Connection connection) {
        return breaker.health().incarnation() <= connection.incarnation();
    }

    /** Forgets the connection for good, saying nothing. */
    void close() {
        Connection last;
        synchronized (this) {
            closed = true;
            last = current;
        }
        if (last != null) {
            forget(last, "closed");
        }
    }

    private boolean forget(Connection connection, String reason) {
        synchronized (this) {
            if (current != connection) {
                return false;
            }
            current = null;
            breaker.lost(connection.incarnation());
        }
        connection.lose(reason);
        return true;
    }

    @Override
    public void answered(NodeSession session, MetaCommand command) {
        Connection connection = current;
        if (connection != null) {
            connection.settled(command);
        }
    }

    @Override
    public void misbehaved(NodeSession session, String how) {
        lostIfCurrent(session, "it broke the protocol: " + how);
    }

    @Override
    public void closed(NodeSession session) {
        lostIfCurrent(session, "the connection was closed");
    }

    private void lostIfCurrent(NodeSession session, String reason) {
        Connection connection = current;
        if (connection != null && connection.session() == session) {
            lost(connection, reason);
        }
    }

    /** Name and address, for messages. */
    String describe() {
        return settings.id() + " (" + settings.host() + ":" + settings.port() + ")";
    }
}
