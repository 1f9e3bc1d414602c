package io.sessionfilter.bench.jmh;

import com.sun.management.OperatingSystemMXBean;
import io.sessionfilter.bench.app.Item;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Adds to each iteration of JMH the CPU time of the process, and the {@link Item}s encoded, for each operation. */
public final class CountersProfiler implements InternalProfiler {
    static final String CPU = "cpu.norm";
    static final String CHANGED_ENCODED = "changed.encoded.norm";
    static final String UNCHANGED_ENCODED = "unchanged.encoded.norm";

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long cpuBefore;
    private long changedBefore;
    private long unchangedBefore;

    /** Called by JMH. */
    public CountersProfiler() {}

    @Override
    public String getDescription() {
        return "CPU time of the process, and values encoded";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        changedBefore = Item.changedEncoded();
        unchangedBefore = Item.unchangedEncoded();
        cpuBefore = process.getProcessCpuTime();
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is JMH's
    public Collection<? extends Result> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double operations = result.getMetadata().getAllOps();
        return List.of(
                result(CPU, "ns/op", (process.getProcessCpuTime() - cpuBefore) / operations),
                result(CHANGED_ENCODED, "values/op", (Item.changedEncoded() - changedBefore) / operations),
                result(UNCHANGED_ENCODED, "values/op", (Item.unchangedEncoded() - unchangedBefore) / operations));
    }

    private static ScalarResult result(String name, String unit, double value) {
        return new ScalarResult(name, value, unit, AggregationPolicy.AVG);
    }
}
