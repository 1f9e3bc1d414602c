package io.sessionfilter.bench.jmh;

import io.sessionfilter.bench.Progress;
import io.sessionfilter.bench.app.Workload;
import io.sessionfilter.bench.jmh.RequestBenchmark.Sessions;
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
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What requests cost in the app node, without a network between client and server. */
public final class RequestReport {
    private static final int SMALL = 2_000;
    private static final int MEDIUM = 20_000;
    private static final int LARGE = 200_000;
    private static final List<Integer> SIZES = List.of(SMALL, MEDIUM, LARGE);
    private static final List<Integer> LARGER = List.of(MEDIUM, LARGE);

    private static final List<Workload> READING = List.of(Workload.UNTOUCHED, Workload.READ, Workload.LOOK);
    private static final List<Workload> STORING = List.of(Workload.WRITE, Workload.MUTATE);

    private static final double MOST_BYTES_UNTOUCHED = 400;

    private static final List<Column> COLUMNS = List.of(
            new Column("CPU", "µs"),
            new Column("spread", "%"),
            new Column("time", "µs"),
            new Column("allocated", "bytes"),
            new Column("changed beans encoded", ""),
            new Column("unchanged beans encoded", ""));

    /** What is done by whom. */
    private record Case(Sessions sessions, Workload workload, int bytes) {
        Map<String, String> parameters() {
            return Map.of("sessions", sessions.name(), "workload", workload.name(), "bytes", "" + bytes);
        }

        @Override
        public String toString() {
            String size = workload == Workload.UNTOUCHED ? "" : " of " + bytes / 1000 + " KB";
            return title(workload) + size + ", " + title(sessions);
        }
    }

    private final Map<Case, Measurement> measured;
    private final Table idleSessions;
    private final Map<String, String> environment;

    private RequestReport(Map<Case, Measurement> measured, Table idleSessions, Map<String, String> environment) {
        this.measured = measured;
        this.idleSessions = idleSessions;
        this.environment = environment;
    }

    /**
     * Measures.
     *
     * @param quick in a few minutes
     * @param progress is told what is done
     * @return what was found
     */
    public static Report run(boolean quick, Progress progress) throws Exception {
        Map<String, String> environment = Environment.now(quick ? "quick" : "full");
        Map<Case, Map<String, String>> cases = new LinkedHashMap<>();
        cases().forEach(one -> cases.put(one, one.parameters()));
        Map<Case, Measurement> measured = new JmhCases(RequestBenchmark.class, 1, quick, progress).run(cases);
        return new RequestReport(measured, IdleSessions.measure(quick, progress), environment).report();
    }

    private static Stream<Case> cases() {
        return Stream.of(
                        Stream.of(
                                new Case(Sessions.CONTAINER, Workload.UNTOUCHED, SMALL),
                                new Case(Sessions.OURS, Workload.UNTOUCHED, SMALL),
                                new Case(Sessions.FILTER_ALONE, Workload.UNTOUCHED, SMALL)),
                        pairs(Workload.READ, SMALL),
                        pairs(Workload.LOOK, SMALL),
                        pairs(Workload.WRITE, SMALL),
                        LARGER.stream().map(bytes -> new Case(Sessions.OURS, Workload.WRITE, bytes)),
                        pairs(Workload.MUTATE, SMALL),
                        LARGER.stream().map(bytes -> new Case(Sessions.OURS, Workload.MUTATE, bytes)))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> pairs(Workload workload, int bytes) {
        return Stream.of(new Case(Sessions.CONTAINER, workload, bytes), new Case(Sessions.OURS, workload, bytes));
    }

    private static String title(Workload workload) {
        return switch (workload) {
            case UNTOUCHED -> "untouched";
            case READ -> "read";
            case LOOK -> "read of a bean";
            case WRITE -> "one attribute set";
            case MUTATE -> "one changed in place";
            case BEGIN -> "begun";
            case LOG_IN -> "logged in";
        };
    }

    private static String title(Sessions sessions) {
        return switch (sessions) {
            case CONTAINER -> "container's own";
            case OURS -> "session-filter";
            case FILTER_ALONE -> "the filter alone";
        };
    }

    private Measurement of(Sessions sessions, Workload workload, int bytes) {
        return Objects.requireNonNull(measured.get(new Case(sessions, workload, bytes)));
    }

    /** What asking for the session costs beyond a request that does not. */
    private double readMicros(Sessions sessions) {
        return of(sessions, Workload.READ, SMALL).cpuMicros()
                - of(Sessions.CONTAINER, Workload.UNTOUCHED, SMALL).cpuMicros();
    }

    private Report report() {
        return new Report(
                "request",
                "Requests within the app node: session-filter beside the container's own sessions",
                "One thread sends requests of one session through the pipeline of an embedded Tomcat, without a socket; two real memcached"
                        + " processes, sticky sessions, two copies. Sessions have 20 attributes: ten texts and ten beans.",
                environment,
                targets(),
                List.of(
                        chart("CPU of a request that stores nothing, 2 KB", "µs", READING, Measurement::cpuMicros),
                        chart("CPU of a request that stores, 2 KB", "µs", STORING, Measurement::cpuMicros),
                        chart(
                                "Memory allocated by a request that stores nothing, 2 KB",
                                "bytes",
                                READING,
                                Measurement::bytes),
                        chart("Memory allocated by a request that stores, 2 KB", "bytes", STORING, Measurement::bytes),
                        bySize(
                                "CPU of a request of session-filter, by the size of the session",
                                "µs",
                                Measurement::cpuMicros),
                        bySize(
                                "Time of a request of session-filter, by the size of the session",
                                "µs",
                                Measurement::timeMicros)),
                List.of(
                        new Table(
                                "Per request",
                                "request",
                                COLUMNS,
                                measured.entrySet().stream()
                                        .map(entry -> row(entry.getKey().toString(), entry.getValue()))
                                        .toList()),
                        idleSessions),
                List.of(
                        "CPU is that of the whole process, its garbage collector and compiler included. Figures are medians of JMH's iterations;"
                                + " the machine may be shared: trust ratios within one run.",
                        "An untouched request never asks for its session. \"The filter alone\" calls the filter with a request that costs"
                                + " nothing: what it allocates is ours. In the container's pipeline our asking for the cookies adds Tomcat's own work.",
                        "A read is trusted: within validateAfter. What it costs is the CPU beyond that of an untouched request of the"
                                + " container's own.",
                        "Writes and changes in place are stored on both memcached nodes before the request returns. A changed bean is encoded once before"
                                + " the response goes out, and looked at once more at the end of the request; one that was only read, as often.",
                        "The heap of idle sessions is what more of it is used, after a full collection, once they were begun by requests of their own."));
    }

    private List<Target> targets() {
        return List.of(
                new Target(
                        "Untouched request: allocated in our code",
                        of(Sessions.FILTER_ALONE, Workload.UNTOUCHED, SMALL).bytes(),
                        MOST_BYTES_UNTOUCHED,
                        "bytes"),
                new Target(
                        "Trusted read: CPU, beside twice the container's and 1 µs",
                        readMicros(Sessions.OURS),
                        2 * readMicros(Sessions.CONTAINER) + 1,
                        "µs"),
                new Target(
                        "Unchanged beans encoded when a text is set, 200 KB",
                        of(Sessions.OURS, Workload.WRITE, LARGE).unchangedEncoded(),
                        0,
                        ""),
                new Target(
                        "Unchanged beans encoded when another is changed in place, 200 KB",
                        of(Sessions.OURS, Workload.MUTATE, LARGE).unchangedEncoded(),
                        0,
                        ""));
    }

    private BarChart chart(String title, String unit, List<Workload> workloads, ToDoubleFunction<Measurement> figure) {
        return new BarChart(
                title,
                unit,
                workloads.stream().map(RequestReport::title).toList(),
                Stream.of(Sessions.CONTAINER, Sessions.OURS)
                        .map(sessions -> new BarChart.Series(
                                title(sessions),
                                workloads.stream()
                                        .map(workload -> figure.applyAsDouble(of(sessions, workload, SMALL)))
                                        .toList()))
                        .toList());
    }

    private BarChart bySize(String title, String unit, ToDoubleFunction<Measurement> figure) {
        return new BarChart(
                title,
                unit,
                SIZES.stream().map(bytes -> bytes / 1000 + " KB").toList(),
                Stream.of(Workload.WRITE, Workload.MUTATE)
                        .map(workload -> new BarChart.Series(
                                title(workload),
                                SIZES.stream()
                                        .map(bytes -> figure.applyAsDouble(of(Sessions.OURS, workload, bytes)))
                                        .toList()))
                        .toList());
    }

    private static Table.Row row(String name, Measurement measurement) {
        return new Table.Row(
                name,
                List.of(
                        measurement.cpuMicros(),
                        measurement.cpuSpread(),
                        measurement.timeMicros(),
                        measurement.bytes(),
                        measurement.changedEncoded(),
                        measurement.unchangedEncoded()));
    }
}
