package io.sessionfilter.bench.cluster;

import io.sessionfilter.bench.cluster.Plan.Scenario;
import io.sessionfilter.bench.report.BarChart;
import io.sessionfilter.bench.report.Report;
import io.sessionfilter.bench.report.Table;
import io.sessionfilter.bench.report.Table.Column;
import io.sessionfilter.bench.report.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What the rounds say. */
final class ClusterReport {
    private static final List<Column> COLUMNS = List.of(
            new Column("CPU", "µs/request"),
            new Column("x own", ""),
            new Column("spread", "%"),
            new Column("reads", "/request"),
            new Column("writes", "/request"),
            new Column("sent", "bytes/request"),
            new Column("received", "bytes/request"),
            new Column("throughput", "requests/s"),
            new Column("p50", "µs"),
            new Column("p90", "µs"),
            new Column("p99", "µs"),
            new Column("max", "ms"));

    private final Plan plan;
    private final Map<String, String> environment;
    private final List<String> remarks;

    /**
     * Of a run.
     *
     * @param remarks on what happened in it
     */
    ClusterReport(Plan plan, Map<String, String> environment, List<String> remarks) {
        this.plan = plan;
        this.environment = environment;
        this.remarks = remarks;
    }

    Report of(Map<Scenario, Map<Mix, Findings>> found) {
        List<Target> targets = new ArrayList<>();
        List<BarChart> charts = new ArrayList<>();
        List<Table> tables = new ArrayList<>();
        found.forEach((scenario, byMix) -> {
            byMix.forEach((mix, findings) -> targets.addAll(targets(scenario, mix, findings)));
            charts.add(ratios(scenario, byMix));
            charts.add(latencies(scenario, byMix));
            byMix.forEach((mix, findings) -> tables.add(table(scenario, mix, findings)));
        });
        return new Report(
                "cluster",
                "App nodes under load: sessions of session-filter beside the container's own",
                "CPU of the app node's process per request, as the operating system counts it, as a multiple of what the same application costs with the"
                        + " container's own sessions in memory, in the same run. Two memcached processes; closed-loop clients with cookies; sessions of 20"
                        + " attributes, ten texts and ten beans.",
                environment,
                targets,
                charts,
                tables,
                notes());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(remarks);
        notes.addAll(List.of(
                "Each figure is the median of " + plan.rounds() + " rounds of "
                        + plan.roundTime().toMillis() + " ms; rounds of all variants alternate, and a ratio compares"
                        + " rounds that followed each other. \"Spread\" is how far these ratios differ.",
                "App nodes, clients and memcached share the processors of one machine, perhaps with others: trust ratios within one run,"
                        + " and no latency or throughput.",
                "Reads and writes are commands at memcached, of all copies; bytes are those that memcached has received and sent, some of them"
                        + " for probes.",
                "A read gets one attribute; a write replaces one; mutate changes one in place. One app node for each variant:"
                        + " non-sticky sessions are validated with each request, and not changed elsewhere."));
        return notes;
    }

    private static double limit(Scenario scenario, Variant variant, Mix mix) {
        return scenario.sessionBytes() == Plan.SMALL ? variant.limit(mix) : Double.NaN;
    }

    private static List<Target> targets(Scenario scenario, Mix mix, Findings findings) {
        return Stream.of(Variant.values())
                .filter(variant -> Double.isFinite(limit(scenario, variant, mix)))
                .map(variant -> new Target(
                        "CPU x own: " + scenario.title() + ", " + mix.title() + ", " + variant.title(),
                        findings.cpuRatio(variant),
                        limit(scenario, variant, mix),
                        ""))
                .toList();
    }

    private static BarChart ratios(Scenario scenario, Map<Mix, Findings> byMix) {
        return chart(
                "CPU of a request as a multiple of the container's own: " + scenario.title(),
                "x own",
                byMix,
                (variant, findings) -> findings.cpuRatio(variant),
                (variant, mix) -> limit(scenario, variant, mix));
    }

    private static BarChart latencies(Scenario scenario, Map<Mix, Findings> byMix) {
        return chart(
                "Median latency: " + scenario.title(),
                "µs",
                byMix,
                (variant, findings) -> findings.median(variant, round -> round.latencyMicros(50)),
                (variant, mix) -> Double.NaN);
    }

    private static BarChart chart(
            String title,
            String unit,
            Map<Mix, Findings> byMix,
            BiFunction<Variant, Findings, Double> figure,
            BiFunction<Variant, Mix, Double> limit) {
        List<BarChart.Series> series = Stream.of(Variant.values())
                .map(variant -> new BarChart.Series(
                        variant.title(),
                        byMix.values().stream()
                                .map(findings -> figure.apply(variant, findings))
                                .toList(),
                        byMix.keySet().stream()
                                .map(mix -> limit.apply(variant, mix))
                                .toList()))
                .toList();
        return new BarChart(title, unit, byMix.keySet().stream().map(Mix::title).toList(), series);
    }

    private static Table table(Scenario scenario, Mix mix, Findings findings) {
        return new Table(
                scenario.title() + ", " + mix.title(),
                "sessions",
                COLUMNS,
                Stream.of(Variant.values())
                        .map(variant -> row(variant, findings))
                        .toList());
    }

    private static Table.Row row(Variant variant, Findings findings) {
        return new Table.Row(
                variant.title(),
                List.of(
                        findings.median(variant, Round::cpuMicrosPerRequest),
                        findings.cpuRatio(variant),
                        100 * findings.cpuRatioSpread(variant),
                        findings.median(
                                variant,
                                round -> round.perRequest(
                                        round.traffic().gets() + round.traffic().touches())),
                        findings.median(
                                variant,
                                round -> round.perRequest(round.traffic().sets())),
                        findings.median(
                                variant,
                                round -> round.perRequest(round.traffic().bytesRead())),
                        findings.median(
                                variant,
                                round -> round.perRequest(round.traffic().bytesWritten())),
                        findings.median(variant, Round::requestsPerSecond),
                        findings.median(variant, round -> round.latencyMicros(50)),
                        findings.median(variant, round -> round.latencyMicros(90)),
                        findings.median(variant, round -> round.latencyMicros(99)),
                        findings.most(variant, round -> round.latencyMicros(100) / 1000)));
    }
}
