package io.sessionfilter.internal.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one web application on one app node. Safe for use by many threads. */
public final class Metrics {
    /** What is counted. The names are those that JMX shows. */
    public enum Counter {
        /** Sessions created here. */
        SESSIONS_CREATED,
        /** Sessions invalidated here. */
        SESSIONS_INVALIDATED,
        /** Sessions that this app node found expired, and ended. */
        SESSIONS_EXPIRED,
        /** Ids that led to no session: unknown, ended or expired. */
        SESSIONS_ABSENT,
        /** Requests that were answered from the near-cache without asking the store. */
        NEAR_CACHE_TRUSTED,
        /** Requests whose near-cache copy the store confirmed. */
        NEAR_CACHE_CONFIRMED,
        /** Sessions whose value was read from the store. */
        SESSIONS_LOADED,
        /** Commits that were stored. */
        SAVES,
        /** Commits that could not be stored, wholly or in part; the changes are kept on this app node. */
        SAVES_FAILED,
        /** Writes that found somebody else's copy, and were made anew on top of it. */
        SAVE_CONFLICTS,
        /** Attributes that a commit has changed on top of a change by another app node that was not known here yet, merged or not. */
        ATTRIBUTE_CONFLICTS,
        /** Of these, attributes that were merged by the application's merger. */
        ATTRIBUTES_MERGED,
        /** Of these, attributes whose merger failed, so that the other change is overwritten. */
        ATTRIBUTE_MERGES_FAILED,
        /** Sessions that are too large for memcached, each counted once. */
        SESSIONS_TOO_LARGE,
        /** Requests that went on with the near-cache copy because the store could not be asked. */
        SERVED_LOCALLY,
        /** Requests whose session could neither be found nor be called absent. */
        SESSIONS_UNKNOWN,
        /** Sessions that were put back after their memcached node had lost them. */
        SESSIONS_RESTORED,
        /** Copies that were replaced by one that knows nothing of a change that was stored there: two faults at once. */
        DIVERGED,
        /** Sessions whose copies were made complete and equal again in the background. */
        SESSIONS_REPAIRED,
        /** Sessions of the near-cache that were looked at because a memcached node came back. */
        SESSIONS_RESYNCED,
        /** Times that all of them had been looked at. */
        RESYNCS_COMPLETED,
        /** Records that could not be read: damaged, or of another format version. */
        RECORDS_UNREADABLE,
        /** Attributes that could not be decoded. */
        ATTRIBUTES_UNREADABLE,
        /** Attributes that could not be encoded, and are kept on this app node only. */
        ATTRIBUTES_UNWRITABLE,
        /** Attributes that another request was changing while they were to be stored: the next commit stores them. */
        ATTRIBUTES_CHANGING,
        /** Times that a request found its session locked by another one, and waited. */
        LOCKS_WAITED_FOR,
        /** Requests that had waited for {@code lockWaitTimeout}, and went on without the lock. */
        LOCK_WAITS_EXCEEDED,
        /** Requests that went on without a lock because memcached could not be asked for it. */
        LOCKS_UNAVAILABLE,
        /** Locks that were found in the hands of another request while they were held. */
        LOCKS_LOST,
        /** Invalidations that are still to reach a memcached node, counted when they were noted. */
        TOMBSTONES_OWED,
        /** Commits that are still to reach a memcached node, counted when they were noted. */
        COPIES_OWED
    }

    private final Map<Counter, LongAdder> counters = new EnumMap<>(Counter.class);

    public Metrics() {
        for (Counter counter : Counter.values()) {
            counters.put(counter, new LongAdder());
        }
    }

    /** Adds one. */
    public void count(Counter counter) {
        adder(counter).increment();
    }

    /** The sum so far. */
    public long get(Counter counter) {
        return adder(counter).sum();
    }

    private LongAdder adder(Counter counter) {
        return Objects.requireNonNull(counters.get(counter));
    }
}
