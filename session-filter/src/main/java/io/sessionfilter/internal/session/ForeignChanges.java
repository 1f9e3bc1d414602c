package io.sessionfilter.internal.session;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.record.Segment;
import org.jspecify.annotations.Nullable;

/** What one try of a commit does about attributes that it changes and another app node has changed too. Used by one thread. */
final class ForeignChanges {
    private int conflicts;
    private int merged;
    private int failed;

    /** The commit is tried anew, on another record. */
    void clear() {
        conflicts = 0;
        merged = 0;
        failed = 0;
    }

    /**
     * Of an attribute without a merger the later commit wins.
     *
     * @param mine what this commit stores
     * @param there what is stored; {@code null}: nothing
     * @param known what was stored as far as this app node knows; {@code null}: nothing
     */
    Segment overwrite(Segment mine, @Nullable Segment there, @Nullable Segment known) {
        if (there != null && !there.sameAs(mine) && (known == null || !known.sameAs(there))) {
            conflicts++;
        }
        return mine;
    }

    /**
     * Of one with a merger, that decides.
     *
     * @param base the last state of this app node that is contained in what is there; {@code null}: that there was no such attribute
     * @param mine what was made of it here since
     * @param there what is stored; {@code null}: nothing
     * @return what is to be stored
     */
    Segment merge(String name, @Nullable Segment base, Segment mine, @Nullable Segment there, Merging merging) {
        if (there == null || (base != null && base.sameAs(there))) {
            return mine;
        }
        if (base != null && base.sameAs(mine)) {
            return there;
        }
        conflicts++;
        Segment result = merging.merge(name, base, mine, there);
        if (result == null) {
            failed++;
            return mine;
        }
        merged++;
        return result;
    }

    /** They are stored. */
    void count(Metrics metrics) {
        count(metrics, Counter.ATTRIBUTE_CONFLICTS, conflicts);
        count(metrics, Counter.ATTRIBUTES_MERGED, merged);
        count(metrics, Counter.ATTRIBUTE_MERGES_FAILED, failed);
    }

    private static void count(Metrics metrics, Counter counter, int times) {
        for (int i = 0; i < times; i++) {
            metrics.count(counter);
        }
    }
}
