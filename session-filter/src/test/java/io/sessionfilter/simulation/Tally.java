package io.sessionfilter.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often each promise was put to the test, and how often it was broken. */
public final class Tally {
    private final Map<Promise, Long> tries = new EnumMap<>(Promise.class);
    private final Map<Promise, Long> violations = new EnumMap<>(Promise.class);

    void tried(Promise promise) {
        tries.merge(promise, 1L, Long::sum);
    }

    void violated(Violation.Kind kind) {
        kind.promises().forEach(promise -> violations.merge(promise, 1L, Long::sum));
    }

    /**
     * Adds another's numbers to these.
     *
     * @param other stays as it is
     */
    public void add(Tally other) {
        other.tries.forEach((promise, count) -> tries.merge(promise, count, Long::sum));
        other.violations.forEach((promise, count) -> violations.merge(promise, count, Long::sum));
    }

    /**
     * How often a promise was put to the test.
     *
     * @param promise which
     * @return the number of single decisions: one change looked for in one request, one session looked for by one request
     */
    public long tries(Promise promise) {
        return tries.getOrDefault(promise, 0L);
    }

    /**
     * How often a promise was broken.
     *
     * @param promise which
     * @return the number of those decisions that went against it; one may go against several promises
     */
    public long violations(Promise promise) {
        return violations.getOrDefault(promise, 0L);
    }

    static Tally sum(List<Tally> tallies) {
        Tally sum = new Tally();
        tallies.forEach(sum::add);
        return sum;
    }
}
