package io.sessionfilter.internal.session;

import io.sessionfilter.internal.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves sessions while their responses go out ({@code sessionBackupAsync=true}): in the order in which they were changed, and each once however
 * often it was changed meanwhile. What waits is lost if this app node dies. Bounded in number. Safe for use by many threads.
 */
public final class AsyncSaves {
    private static final Logger log = LoggerFactory.getLogger(AsyncSaves.class);

    /** Saves a session. */
    @FunctionalInterface
    interface Saver {
        /**
         * Saves it now.
         *
         * @param handedOut values that requests had, and may have changed in place
         */
        void save(Session session, Map<String, LiveValue> handedOut);
    }

    /** What is to be saved of a session. Changed under the lock of its entry only. */
    private static final class Waiting {
        final Map<String, LiveValue> handedOut = new HashMap<>();
        final long sinceNanos;

        Waiting(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    private final Map<Session, Waiting> waiting = new ConcurrentHashMap<>();
    private final int capacity;
    private final ExecutorService threads;
    private final TimeSource time;

    /**
     * @param capacity how many sessions may wait
     * @param threads save; closed with this
     */
    public AsyncSaves(int capacity, ExecutorService threads, TimeSource time) {
        this.capacity = capacity;
        this.threads = threads;
        this.time = time;
    }

    /**
     * Has a session saved soon.
     *
     * @return {@code false}: there is no room, and it is to be saved now
     */
    boolean offer(Session session, Map<String, LiveValue> handedOut, Saver saver) {
        Waiting entry = waiting.compute(session, (key, before) -> {
            if (before == null && (waiting.size() >= capacity || !submit(session, saver))) {
                return null;
            }
            Waiting entered = before == null ? new Waiting(time.nanos()) : before;
            entered.handedOut.putAll(handedOut);
            return entered;
        });
        return entry != null;
    }

    /** The task finds the entry: it takes it under the same lock. */
    private boolean submit(Session session, Saver saver) {
        try {
            threads.execute(() -> save(session, saver));
            return true;
        } catch (RejectedExecutionException e) {
            return false; // closing
        }
    }

    private void save(Session session, Saver saver) {
        Waiting entry = waiting.remove(session);
        if (entry != null) {
            try {
                saver.save(session, entry.handedOut);
            } catch (RuntimeException e) {
                // Of the application's own classes, most likely, when they were encoded. The changes stay in the
                // session.
                log.error("session {} could not be saved", LogKey.of(session.key()), e);
            }
        }
    }

    /** How many sessions wait. */
    public int waiting() {
        return waiting.size();
    }

    /** For how long the one has waited that waits longest, in milliseconds; 0: none waits. */
    public long oldestMillis() {
        long now = time.nanos();
        return waiting.values().stream()
                .mapToLong(entry -> TimeUnit.NANOSECONDS.toMillis(now - entry.sinceNanos))
                .max()
                .orElse(0);
    }

    /** Takes no more, and waits until those that wait are saved, but not for ever. */
    void close(Duration patience) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                log.error(
                        "{} sessions were still waiting to be saved after {}, and are lost with this app node",
                        waiting(),
                        patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.error(
                    "interrupted while {} sessions were waiting to be saved: they are lost with this app node",
                    waiting());
        }
        threads.shutdownNow();
    }
}
