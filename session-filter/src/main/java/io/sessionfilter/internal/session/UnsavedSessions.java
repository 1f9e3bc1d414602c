package io.sessionfilter.internal.session;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions whose last save failed because memcached nodes could not be reached: kept from eviction, and saved when they can. Bounded in
 * number and bytes; what is beyond is saved by its next request, if the near-cache still has it then. Safe for use by many threads.
 */
final class UnsavedSessions {
    private static final Logger log = LoggerFactory.getLogger(UnsavedSessions.class);

    static final int MAX_WAITING = 100_000;

    /** What each weighed when it was added. */
    private final Map<Session, Integer> waiting = new ConcurrentHashMap<>();

    private final AtomicLong bytes = new AtomicLong();
    private final long maxBytes;
    private volatile boolean full;

    UnsavedSessions(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether it is kept. */
    boolean add(Session session) {
        int weight = session.weight();
        if (waiting.size() < MAX_WAITING && bytes.get() + weight <= maxBytes) {
            Integer before = waiting.put(session, weight);
            bytes.addAndGet(weight - (before == null ? 0 : before));
            full = false;
            return true;
        }
        boolean kept = waiting.containsKey(session);
        if (!kept && !full) {
            full = true;
            log.error(
                    "{} sessions wait to be saved, and no more are kept: changes made from now on are lost if the near-cache has no room for"
                            + " them until a memcached node is back (nearCacheMaxBytes)",
                    waiting.size());
        }
        return kept;
    }

    private boolean remove(Session session) {
        Integer weight = waiting.remove(session);
        if (weight != null) {
            bytes.addAndGet(-weight);
        }
        return weight != null;
    }

    int size() {
        return waiting.size();
    }

    /**
     * Tries each that waits.
     *
     * @param done tries to save one, and says whether it need not wait any more
     */
    void retry(Predicate<Session> done) {
        for (Session session : List.copyOf(waiting.keySet())) {
            if (!remove(session)) { // first: a request whose save fails meanwhile adds it again
                continue;
            }
            try {
                if (!done.test(session)) {
                    add(session);
                }
            } catch (RuntimeException e) {
                // Of the application's own classes, most likely, when they were encoded: it must not keep the others
                // from being saved.
                log.error("session {} could not be saved after an outage", LogKey.of(session.key()), e);
            }
        }
    }

    void clear() {
        List.copyOf(waiting.keySet()).forEach(this::remove);
    }
}
