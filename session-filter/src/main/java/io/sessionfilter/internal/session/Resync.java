package io.sessionfilter.internal.session;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.store.SessionStore;
import io.sessionfilter.internal.store.StoredRecord;
import io.sessionfilter.internal.time.TimeSource;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a memcached node has come back, perhaps with nothing, makes the copies of all sessions complete that this app node has in its
 * near-cache, so many a second; all others are repaired as they are used.
 */
final class Resync {
    private static final Logger log = LoggerFactory.getLogger(Resync.class);

    private final SessionStore store;
    private final NearCache nearCache;
    private final TimeSource time;
    private final Metrics metrics;
    private final int perSecond;
    private final Queue<String> waiting = new ArrayDeque<>();
    private int connections;
    private volatile int size;

    /**
     * @param perSecond how many sessions are looked at a second
     */
    Resync(SessionStore store, NearCache nearCache, TimeSource time, Metrics metrics, int perSecond) {
        this.store = store;
        this.nearCache = nearCache;
        this.time = time;
        this.metrics = metrics;
        this.perSecond = perSecond;
        this.connections = store.connections();
    }

    /** How many sessions are still to be looked at. */
    int waiting() {
        return size;
    }

    /** To be called every second, by one thread. */
    void run() {
        int now = store.connections();
        if (now != connections) { // what is still waiting from the time before is among these
            connections = now;
            waiting.clear();
            waiting.addAll(nearCache.keys());
            log.debug("a memcached node is back: {} sessions are to have their copies there again", waiting.size());
        }
        if (waiting.isEmpty()) {
            return;
        }
        for (int left = perSecond; left > 0 && !waiting.isEmpty(); left--) {
            resync(waiting.remove());
            size = waiting.size();
        }
        if (waiting.isEmpty()) {
            metrics.count(Counter.RESYNCS_COMPLETED);
            log.info("memcached nodes have copies again of all sessions that this app node has");
        }
    }

    private void resync(String key) {
        Session session = nearCache.peek(key);
        if (session == null || session.isEnded()) {
            return;
        }
        StoredRecord stored = session.place().stored();
        if (stored == null) {
            return; // it has yet to be stored for the first time
        }
        metrics.count(Counter.SESSIONS_RESYNCED);
        if (!store.repair(key, stored, session.idleNanos(time.nanos()))) {
            log.debug("session {} could not be repaired; it is as soon as it is used", LogKey.of(key));
        }
    }
}
