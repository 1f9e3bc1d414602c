package io.sessionfilter.bench.jmh;

import static io.sessionfilter.bench.jmh.StoreOperation.COMMIT_ONE_COPY;
import static io.sessionfilter.bench.jmh.StoreOperation.COMMIT_TWO_COPIES;
import static io.sessionfilter.bench.jmh.StoreOperation.NODE_COMPARE_AND_SET;
import static io.sessionfilter.bench.jmh.StoreOperation.NODE_FETCH;
import static io.sessionfilter.bench.jmh.StoreOperation.NODE_VALIDATE;
import static io.sessionfilter.bench.jmh.StoreOperation.OPEN_ONE_COPY;
import static io.sessionfilter.bench.jmh.StoreOperation.OPEN_TWO_COPIES;
import static io.sessionfilter.bench.jmh.StoreOperation.RAW_GET;
import static io.sessionfilter.bench.jmh.StoreOperation.RAW_SET;
import static io.sessionfilter.bench.jmh.StoreOperation.RAW_TOUCH;

import io.sessionfilter.bench.Progress;
import io.sessionfilter.bench.measure.Environment;
import io.sessionfilter.bench.report.BarChart;
import io.sessionfilter.bench.report.Report;
import io.sessionfilter.bench.report.Table;
import io.sessionfilter.bench.report.Table.Column;
import io.sessionfilter.bench.report.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/** What operations of the store cost beside the raw commands of xmemcached. */
public final class StoreReport {
    private static final int SMALL = 2_000;
    private static final int LARGE = 20_000;
    private static final int THREADS = 4;
    private static final double MOST_RATIO = 1.3;

    private static final List<Column> COLUMNS = List.of(
            new Column("CPU", "µs"),
            new Column("x raw", ""),
            new Column("spread", "%"),
            new Column("time", "µs"),
            new Column("allocated", "bytes"));

    /** What is done, with which size. */
    private record Case(StoreOperation operation, int bytes) {
        Map<String, String> parameters() {
            return Map.of("operation", operation.name(), "bytes", "" + bytes);
        }

        @Override
        public String toString() {
            return operation.title() + ", " + bytes / 1000 + " KB";
        }
    }

    /** An operation of ours, and so many raw commands that do the same. */
    private record Comparison(Case ours, Case raw, int commands) {}

    private final Map<Case, Measurement> measured;
    private final Map<String, String> environment;

    private StoreReport(Map<Case, Measurement> measured, Map<String, String> environment) {
        this.measured = measured;
        this.environment = environment;
    }

    /**
     * Measures.
     *
     * @param quick in a few minutes
     * @param progress is told what is done
     * @return what was found
     */
    public static Report run(boolean quick, Progress progress) throws RunnerException {
        Map<String, String> environment = Environment.now(quick ? "quick" : "full");
        Map<Case, Map<String, String>> cases = new LinkedHashMap<>();
        comparisons().forEach(comparison -> {
            cases.put(comparison.raw(), comparison.raw().parameters());
            cases.put(comparison.ours(), comparison.ours().parameters());
        });
        Map<Case, Measurement> measured = new JmhCases(StoreBenchmark.class, THREADS, quick, progress).run(cases);
        return new StoreReport(measured, environment).report();
    }

    private static List<Comparison> comparisons() {
        return List.of(
                new Comparison(new Case(NODE_VALIDATE, SMALL), new Case(RAW_TOUCH, SMALL), 1),
                new Comparison(new Case(OPEN_ONE_COPY, SMALL), new Case(RAW_TOUCH, SMALL), 1),
                new Comparison(new Case(OPEN_TWO_COPIES, SMALL), new Case(RAW_TOUCH, SMALL), 2),
                new Comparison(new Case(NODE_FETCH, SMALL), new Case(RAW_GET, SMALL), 1),
                new Comparison(new Case(NODE_COMPARE_AND_SET, SMALL), new Case(RAW_SET, SMALL), 1),
                new Comparison(new Case(COMMIT_ONE_COPY, SMALL), new Case(RAW_SET, SMALL), 1),
                new Comparison(new Case(COMMIT_TWO_COPIES, SMALL), new Case(RAW_SET, SMALL), 2),
                new Comparison(new Case(NODE_FETCH, LARGE), new Case(RAW_GET, LARGE), 1),
                new Comparison(new Case(NODE_COMPARE_AND_SET, LARGE), new Case(RAW_SET, LARGE), 1),
                new Comparison(new Case(COMMIT_ONE_COPY, LARGE), new Case(RAW_SET, LARGE), 1),
                new Comparison(new Case(COMMIT_TWO_COPIES, LARGE), new Case(RAW_SET, LARGE), 2));
    }

    private double cpu(Case one) {
        return Objects.requireNonNull(measured.get(one)).cpuMicros();
    }

    private double rawCpu(Comparison comparison) {
        return comparison.commands() * cpu(comparison.raw());
    }

    private double ratio(Comparison comparison) {
        return cpu(comparison.ours()) / rawCpu(comparison);
    }

    /** Of one case; {@code NaN}: it is raw. */
    private double ratio(Case one) {
        return comparisons().stream()
                .filter(comparison -> comparison.ours().equals(one))
                .mapToDouble(this::ratio)
                .findFirst()
                .orElse(Double.NaN);
    }

    private Report report() {
        return new Report(
                "store",
                "Operations of the store beside the raw commands of xmemcached",
                THREADS
                        + " threads, each with a session of its own, operate on real memcached processes one operation after the other: by"
                        + " xmemcached's own commands on one connection, by our node's meta commands, and by the replicated store on one or two"
                        + " copies.",
                environment,
                comparisons().stream()
                        .map(comparison -> new Target(
                                "CPU: " + comparison.ours() + " / "
                                        + (comparison.commands() == 1 ? "" : comparison.commands() + " x ")
                                        + comparison.raw().operation().title(),
                                ratio(comparison),
                                MOST_RATIO,
                                ""))
                        .toList(),
                List.of(chart("small", SMALL), chart("large", LARGE)),
                List.of(new Table(
                        "Per operation",
                        "operation",
                        COLUMNS,
                        measured.entrySet().stream()
                                .map(entry -> row(entry.getKey(), entry.getValue()))
                                .toList())),
                List.of(
                        "CPU is that of the whole client process, for each operation; memcached's own is not in it. Figures are medians of JMH's"
                                + " iterations; the machine may be shared: trust ratios within one run.",
                        "An operation of the store on two copies is compared with two raw commands. A commit makes the record too: it copies 19"
                                + " attributes and a new one, and sums it up."));
    }

    private BarChart chart(String size, int bytes) {
        List<Comparison> here = comparisons().stream()
                .filter(comparison -> comparison.ours().bytes() == bytes)
                .toList();
        return new BarChart(
                "CPU of an operation, " + size + " records (" + bytes / 1000 + " KB)",
                "µs",
                here.stream()
                        .map(comparison -> comparison.ours().operation().title())
                        .toList(),
                Stream.of(
                                new BarChart.Series(
                                        "as many raw commands",
                                        here.stream().map(this::rawCpu).toList()),
                                new BarChart.Series(
                                        "ours",
                                        here.stream()
                                                .map(comparison -> cpu(comparison.ours()))
                                                .toList(),
                                        here.stream()
                                                .map(comparison -> MOST_RATIO * rawCpu(comparison))
                                                .toList()))
                        .toList());
    }

    private Table.Row row(Case one, Measurement measurement) {
        return new Table.Row(
                one.toString(),
                List.of(
                        measurement.cpuMicros(),
                        ratio(one),
                        measurement.cpuSpread(),
                        measurement.timeMicros(),
                        measurement.bytes()));
    }
}
