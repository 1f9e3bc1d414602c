package io.sessionfilter.bench.jmh;

import io.sessionfilter.bench.measure.Samples;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/** All iterations of one case, over all of its processes. */
public final class Measurement {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final List<Double> timeMicros = new ArrayList<>();
    private final List<Double> cpuMicros = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();
    private final List<Double> changedEncoded = new ArrayList<>();
    private final List<Double> unchangedEncoded = new ArrayList<>();

    /** Of no iterations yet. */
    public Measurement() {}

    /** Adds what JMH has measured in one iteration. */
    void add(IterationResult iteration) {
        timeMicros.add(iteration.getPrimaryResult().getScore());
        cpuMicros.add(score(iteration, CountersProfiler.CPU) / 1000);
        bytes.add(score(iteration, ALLOCATED));
        changedEncoded.add(score(iteration, CountersProfiler.CHANGED_ENCODED));
        unchangedEncoded.add(score(iteration, CountersProfiler.UNCHANGED_ENCODED));
    }

    @SuppressWarnings("rawtypes") // as JMH has them
    private static double score(IterationResult iteration, String name) {
        Result result = iteration.getSecondaryResults().get(name);
        return result == null ? Double.NaN : result.getScore();
    }

    /** From the start of an operation to its end. */
    public double timeMicros() {
        return Samples.median(timeMicros);
    }

    /** Of the whole process, for each operation. */
    public double cpuMicros() {
        return Samples.median(cpuMicros);
    }

    /** How far the CPU time of iterations differs, in percent. */
    public double cpuSpread() {
        return 100 * Samples.spread(cpuMicros);
    }

    /** Allocated for each operation. */
    public double bytes() {
        return Samples.median(bytes);
    }

    /** How often a bean that was changed is encoded for each operation. */
    double changedEncoded() {
        return Samples.median(changedEncoded);
    }

    /** How often a bean that was not changed is encoded for each operation. */
    double unchangedEncoded() {
        return Samples.median(unchangedEncoded);
    }
}
