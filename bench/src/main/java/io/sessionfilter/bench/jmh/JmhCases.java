package io.sessionfilter.bench.jmh;

import io.sessionfilter.bench.Progress;
import io.sessionfilter.testkit.MemcachedProcess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs cases of a JMH benchmark, each in a process of its own, all of them once and then again: so that what disturbs one disturbs its neighbours. */
final class JmhCases {
    private static final String MEMCACHED = "bench.memcached";

    private final Class<?> benchmark;
    private final int threads;
    private final boolean quick;
    private final Progress progress;

    /**
     * Says how.
     *
     * @param benchmark with one method, whose parameters are the cases
     * @param threads that run it at once
     * @param quick each case in one process, with few iterations
     * @param progress is told of each case
     */
    JmhCases(Class<?> benchmark, int threads, boolean quick, Progress progress) {
        this.benchmark = benchmark;
        this.threads = threads;
        this.quick = quick;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param cases the parameters of each
     * @return what was measured of each, in the same order
     */
    <C> Map<C, Measurement> run(Map<C, Map<String, String>> cases) throws RunnerException {
        Map<C, Measurement> measured = new LinkedHashMap<>();
        cases.keySet().forEach(one -> measured.put(one, new Measurement()));
        int passes = quick ? 1 : 3;
        try (MemcachedProcess first = MemcachedProcess.start();
                MemcachedProcess second = MemcachedProcess.start()) {
            for (int pass = 1; pass <= passes; pass++) {
                for (Map.Entry<C, Measurement> entry : measured.entrySet()) {
                    progress.step(entry.getKey() + (passes > 1 ? ": pass " + pass + " of " + passes : ""));
                    run(Objects.requireNonNull(cases.get(entry.getKey())), List.of(first, second), entry.getValue());
                }
            }
        }
        return measured;
    }

    /** The ports of the memcached processes, within the process of a case. */
    static List<Integer> memcachedPorts() {
        return List.of(System.getProperty(MEMCACHED).split(",", -1)).stream()
                .map(Integer::valueOf)
                .toList();
    }

    private void run(Map<String, String> parameters, List<MemcachedProcess> memcached, Measurement measured)
            throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName() + "\\.")
                .mode(Mode.AverageTime)
                .threads(threads)
                .forks(1)
                .warmupIterations(quick ? 1 : 8)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(quick ? 3 : 8)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class)
                .addProfiler(CountersProfiler.class)
                // Or a busy machine starves the compiler, and much longer is needed to warm up.
                .jvmArgsAppend(
                        "-Xms512m",
                        "-Xmx512m",
                        "-XX:-BackgroundCompilation",
                        "-D" + MEMCACHED + "="
                                + memcached.stream()
                                        .map(node -> "" + node.port())
                                        .collect(Collectors.joining(",")));
        parameters.forEach(options::param);
        for (RunResult result : new Runner(options.build()).run()) {
            result.getAggregatedResult().getIterationResults().forEach(measured::add);
        }
    }
}
