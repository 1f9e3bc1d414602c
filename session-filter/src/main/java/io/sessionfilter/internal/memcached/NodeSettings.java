package io.sessionfilter.internal.memcached;

import io.sessionfilter.internal.store.NodeId;
import java.time.Duration;

/**
 * What is to be known of one memcached node.
 *
 * @param id its name
 * @param host name or address; resolved again for each probe and reconnect
 * @param port its TCP port
 * @param operationTimeout how long an operation may take, and all answers to a probe
 * @param connectTimeout how long connecting may take, of a probe or for good
 * @param timeoutThreshold how many timeouts in a row make the node unusable
 * @param maxWaiting how many operations may wait for the node at once
 * @param probeInterval how often it is probed, whether usable or not
 */
public record NodeSettings(
        NodeId id,
        String host,
        int port,
        Duration operationTimeout,
        Duration connectTimeout,
        int timeoutThreshold,
        int maxWaiting,
        Duration probeInterval) {
    /** Timeouts in a row that make a node unusable. */
    public static final int DEFAULT_TIMEOUT_THRESHOLD = 3;
    /** Operations that may wait for one node. */
    public static final int DEFAULT_MAX_WAITING = 64;
    /** The time between two probes of one node. */
    public static final Duration DEFAULT_PROBE_INTERVAL = Duration.ofSeconds(1);

    public NodeSettings {
        requirePositive("operationTimeout", operationTimeout);
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("probeInterval", probeInterval);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port must be 1 to 65535, but was " + port);
        }
        if (timeoutThreshold < 1 || maxWaiting < 1) {
            throw new IllegalArgumentException("timeoutThreshold and maxWaiting must be positive, but were "
                    + timeoutThreshold + " and " + maxWaiting);
        }
    }

    /** With defaults, and no more patience for connecting than for operations. */
    public NodeSettings(NodeId id, String host, int port, Duration operationTimeout) {
        this(
                id,
                host,
                port,
                operationTimeout,
                operationTimeout,
                DEFAULT_TIMEOUT_THRESHOLD,
                DEFAULT_MAX_WAITING,
                DEFAULT_PROBE_INTERVAL);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive, but was " + duration);
        }
    }
}
