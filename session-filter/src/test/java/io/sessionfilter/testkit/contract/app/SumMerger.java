package io.sessionfilter.testkit.contract.app;

import io.sessionfilter.merge.AttributeMerger;
import org.jspecify.annotations.Nullable;

/** Adds what two app nodes have added to a counter at the same time. */
public final class SumMerger implements AttributeMerger {
    @Override
    public Object merge(@Nullable Object base, Object mine, Object theirs) {
        return (Integer) mine + (Integer) theirs - (base == null ? 0 : (Integer) base);
    }
}
