package io.sessionfilter.internal.session;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions whose last save failed because a memcached node could not be reached: kept from eviction, and saved when it can. Bounded; what is
 * beyond the bound is saved by its next request. Safe for use by many threads.
 */
final class UnsavedSessions {
    private static final Logger log = LoggerFactory.getLogger(UnsavedSessions.class);

    static final int MAX_WAITING = 100_000;

    private final Set<Session> waiting = ConcurrentHashMap.newKeySet();

    void add(Session session) {
        if (waiting.size() < MAX_WAITING) {
            waiting.add(session);
        }
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
        for (Session session : List.copyOf(waiting)) {
            waiting.remove(session); // first: a request whose save fails meanwhile adds it again
            try {
                if (!done.test(session)) {
                    waiting.add(session);
                }
            } catch (RuntimeException e) {
                // Of the application's own classes, most likely, when they were encoded: it must not keep the others
                // from being saved.
                log.error("session {} could not be saved after an outage", LogKey.of(session.key()), e);
            }
        }
    }

    void clear() {
        waiting.clear();
    }
}
