package io.sessionfilter.bench.jmh;

import io.sessionfilter.bench.measure.Samples;
import java.util.ArrayList;
import java.util.List;

/** All iterations of one case, over all of its processes. */
final class Measurement {
    private final List<Double> timeMicros = new ArrayList<>();
    private final List<Double> cpuMicros = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();
    private final List<Double> encoded = new ArrayList<>();

    void add(double iterationTimeMicros, double iterationCpuNanos, double iterationBytes, double iterationEncoded) {
        timeMicros.add(iterationTimeMicros);
        cpuMicros.add(iterationCpuNanos / 1000);
        bytes.add(iterationBytes);
        encoded.add(iterationEncoded);
    }

    /** From the start of an operation to its end. */
    double timeMicros() {
        return Samples.median(timeMicros);
    }

    /** Of the whole process, for each operation. */
    double cpuMicros() {
        return Samples.median(cpuMicros);
    }

    /** How far the CPU time of iterations differs, in percent. */
    double cpuSpread() {
        return 100 * Samples.spread(cpuMicros);
    }

    /** Allocated for each operation. */
    double bytes() {
        return Samples.median(bytes);
    }

    /** Values encoded for each operation. */
    double encoded() {
        return Samples.median(encoded);
    }
}
