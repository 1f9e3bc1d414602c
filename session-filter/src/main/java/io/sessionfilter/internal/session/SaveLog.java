package io.sessionfilter.internal.session;

import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.store.NodeException;
import io.sessionfilter.internal.store.NodeId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says so when a session could not be saved: once per outage of a memcached node, and once per session that cannot be stored as it is. */
final class SaveLog {
    private static final Logger log = LoggerFactory.getLogger(SaveLog.class);

    private final Metrics metrics;
    private final Set<NodeId> failing = ConcurrentHashMap.newKeySet();

    SaveLog(Metrics metrics) {
        this.metrics = metrics;
    }

    void saved(NodeId node) {
        metrics.count(Counter.SAVES);
        if (!failing.isEmpty() && failing.remove(node)) {
            log.info("sessions are saved on memcached node {} again", node);
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
        } else if (session.reported.compareAndSet(false, true)) {
            log.error(
                    "session {} cannot be saved; this app node keeps it, the last saved state stays in memcached: {}",
                    LogKey.of(session.key()),
                    cause.getMessage(),
                    cause);
        }
    }

    void unwritable(Session session, Map<String, AttributeCodecException> attributes) {
        metrics.count(Counter.SAVES_FAILED);
        attributes.forEach((name, cause) -> metrics.count(Counter.ATTRIBUTES_UNWRITABLE));
        if (session.reported.compareAndSet(false, true)) {
            attributes.forEach((name, cause) -> log.error(
                    "attribute \"{}\" of session {} cannot be saved and is kept on this app node only; it will be lost when another"
                            + " one takes over: {}",
                    name,
                    LogKey.of(session.key()),
                    cause.getMessage(),
                    cause));
        }
    }
}
