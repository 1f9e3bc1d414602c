package io.sessionfilter.bench.jmh;

import io.sessionfilter.bench.Progress;
import io.sessionfilter.testkit.MemcachedProcess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
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
public final class JmhCases {
    private static final String MEMCACHED = "bench.memcached";

    /** Many short ones: the compiler, or a neighbour on the machine, disturbs few of them, and these show as such. */
    private static final TimeValue ITERATION = TimeValue.milliseconds(250);

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
    public JmhCases(Class<?> benchmark, int threads, boolean quick, Progress progress) {
        this.benchmark = benchmark;
        this.threads = threads;
        this.quick = quick;
        this.progress = progress;
    }

    /**
     * Measures beside two memcached processes.
     *
     * @param cases the parameters of each
     * @return what was measured of each, in the same order
     */
    <C> Map<C, Measurement> run(Map<C, Map<String, String>> cases) throws RunnerException {
        try (MemcachedProcess first = MemcachedProcess.start();
                MemcachedProcess second = MemcachedProcess.start()) {
            return run(cases, List.of("-D" + MEMCACHED + "=" + first.port() + "," + second.port()));
        }
    }

    /**
     * Measures.
     *
     * @param cases the parameters of each
     * @param jvmArguments of their processes
     * @return what was measured of each, in the same order
     */
    public <C> Map<C, Measurement> run(Map<C, Map<String, String>> cases, List<String> jvmArguments)
            throws RunnerException {
        return passes(
                quick ? 1 : 3,
                cases,
                parameters -> options(parameters, jvmArguments)
                        .mode(Mode.AverageTime)
                        .threads(threads)
                        .warmupIterations(quick ? 3 : 12)
                        .warmupTime(ITERATION)
                        .measurementIterations(quick ? 12 : 24)
                        .measurementTime(ITERATION)
                        .addProfiler(GCProfiler.class));
    }

    /**
     * Measures the first call of all in a process, several times.
     *
     * @param cases the parameters of each
     * @param jvmArguments of their processes
     * @return what was measured of each, in the same order
     */
    public <C> Map<C, Measurement> runFirstCalls(Map<C, Map<String, String>> cases, List<String> jvmArguments)
            throws RunnerException {
        return passes(
                quick ? 3 : 11,
                cases,
                parameters -> options(parameters, jvmArguments)
                        .mode(Mode.SingleShotTime)
                        .threads(1)
                        .warmupIterations(0)
                        .measurementIterations(1));
    }

    private <C> Map<C, Measurement> passes(
            int passes, Map<C, Map<String, String>> cases, Function<Map<String, String>, ChainedOptionsBuilder> options)
            throws RunnerException {
        Map<C, Measurement> measured = new LinkedHashMap<>();
        cases.keySet().forEach(one -> measured.put(one, new Measurement()));
        for (int pass = 1; pass <= passes; pass++) {
            for (Map.Entry<C, Measurement> entry : measured.entrySet()) {
                progress.step(entry.getKey() + (passes > 1 ? ": pass " + pass + " of " + passes : ""));
                Map<String, String> parameters = Objects.requireNonNull(cases.get(entry.getKey()));
                for (RunResult result : new Runner(options.apply(parameters).build()).run()) {
                    result.getAggregatedResult().getIterationResults().forEach(entry.getValue()::add);
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

    private ChainedOptionsBuilder options(Map<String, String> parameters, List<String> jvmArguments) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName() + "\\.")
                .forks(1)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .addProfiler(CountersProfiler.class)
                .jvmArgsAppend(Stream.concat(Stream.of("-Xms512m", "-Xmx512m"), jvmArguments.stream())
                        .toArray(String[]::new));
        parameters.forEach(options::param);
        return options;
    }
}
