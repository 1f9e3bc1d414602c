package io.sessionfilter.internal.session;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.store.ContentionException;
import io.sessionfilter.internal.store.NodeException;
import io.sessionfilter.internal.store.NodeId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says so when a session could not be saved or not be read: once per outage of a memcached node, once per session that cannot be stored
 * or read as it is, and once per attribute and class that cannot be stored.
 */
final class StoreLog {
    private static final Logger log = LoggerFactory.getLogger(StoreLog.class);

    /** Nobody reads so many messages; the counter goes on. */
    private static final int MAX_REPORTED = 1_000;

    private final Metrics metrics;
    private final Set<NodeId> failing = ConcurrentHashMap.newKeySet();
    private final Set<NodeId> unanswering = ConcurrentHashMap.newKeySet();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private final Set<String> unwritable = ConcurrentHashMap.newKeySet();

    StoreLog(Metrics metrics) {
        this.metrics = metrics;
    }

    /** On these memcached nodes. */
    void saved(Set<NodeId> nodes) {
        metrics.count(Counter.SAVES);
        if (failing.isEmpty() && unanswering.isEmpty()) {
            return;
        }
        for (NodeId node : nodes) {
            unanswering.remove(node);
            if (failing.remove(node)) {
                log.info("sessions are saved on memcached node {} again", node);
            }
        }
    }

    /** This app node stops. */
    void abandoned(int sessions) {
        log.error(
                "{} sessions could not be saved before this app node stopped: what was changed in them since their last save is lost, as no memcached"
                        + " node took it",
                sessions);
    }

    /** Nobody knows whether a session exists. */
    void unknown(String key, Exception cause) {
        metrics.count(Counter.SESSIONS_UNKNOWN);
        if (cause instanceof NodeException failure) {
            if (unanswering.add(failure.node())) {
                log.warn(
                        "session {} may or may not exist, and so with others that are on memcached node {} and not on this app node,"
                                + " until it can be reached: {}",
                        LogKey.of(key),
                        failure.node(),
                        failure.getMessage());
            }
        } else if (unreadable.size() < MAX_REPORTED && unreadable.add(LogKey.of(key))) {
            log.error("session {} cannot be read and is left as it is: {}", LogKey.of(key), cause.getMessage());
        }
    }

    void failed(Session session, Exception cause) {
        metrics.count(Counter.SAVES_FAILED);
        if (cause instanceof NodeException failure && failure.kind() != NodeException.Kind.TOO_LARGE) {
            if (failing.add(failure.node())) {
                log.error(
                        "a session could not be saved on memcached node {}; this app node keeps it, and so it does with others until"
                                + " the node can be reached: {}",
                        failure.node(),
                        failure.getMessage(),
                        failure);
            }
        } else if (cause instanceof ContentionException) {
            log.warn(
                    "session {} could not be saved and is tried again soon: {}",
                    LogKey.of(session.key()),
                    cause.getMessage());
        } else if (cause instanceof NodeException tooLarge && tooLarge.kind() == NodeException.Kind.TOO_LARGE) {
            if (session.reportedTooLarge.compareAndSet(false, true)) {
                metrics.count(Counter.SESSIONS_TOO_LARGE);
                log.error(
                        "session {} is too large to be saved: {}; this app node keeps it, the last saved state stays in memcached. Put less"
                                + " into sessions, or let memcached take larger items (-I)",
                        LogKey.of(session.key()),
                        cause.getMessage());
            }
        } else if (session.reported.compareAndSet(false, true)) {
            log.error(
                    "session {} cannot be saved; this app node keeps it, the last saved state stays in memcached: {}",
                    LogKey.of(session.key()),
                    cause.getMessage(),
                    cause);
        }
    }

    void unwritable(Map<String, PendingCommit.Unwritable> attributes) {
        if (!attributes.values().stream().allMatch(StoreLog::isChanging)) {
            metrics.count(Counter.SAVES_FAILED);
        }
        attributes.forEach((name, value) -> {
            if (isChanging(value)) {
                metrics.count(Counter.ATTRIBUTES_CHANGING);
                log.debug(
                        "session attribute \"{}\" of class {} is being changed by another request, which stores it",
                        name,
                        value.className());
                return;
            }
            metrics.count(Counter.ATTRIBUTES_UNWRITABLE);
            if (unwritable.size() < MAX_REPORTED && unwritable.add(name + ' ' + value.className())) {
                log.warn(
                        "session attribute \"{}\" of class {} cannot be stored and is kept on this app node only; it will be lost"
                                + " when another one takes over. Further cases of it are counted only: {}",
                        name,
                        value.className(),
                        value.cause().getMessage(),
                        value.cause());
            }
        });
    }

    private static boolean isChanging(PendingCommit.Unwritable value) {
        return AttributeCoding.isConcurrentModification(value.cause());
    }
}
