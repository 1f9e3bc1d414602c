package io.sessionfilter.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What simulation and chaos have left in {@code target/faults} of their modules: for each fault how often each promise was tried, and broken. */
final class FaultCounts {
    /** The promises of DESIGN.md section 2, in the order of the columns. */
    static final List<String> PROMISES =
            List.of("1 durable", "2 updates", "3 own writes", "4 no return", "6 not absent");

    private static final Map<String, String> SOURCES = new TreeMap<>(Map.of(
            "simulation", "session-filter",
            "tomcat-11", "tomcat-tests/tomcat-11",
            "jetty-12.1", "jetty-tests/jetty-12.1"));
    private static final int FIRST_COUNT = 4;
    private static final String LINE = "%-22s %-6s %7s  %s%n";

    private final Map<String, Row> rows = new TreeMap<>();
    private final List<String> sources = new ArrayList<>();

    /** Counts of one fault with one number of memcached nodes. */
    private static final class Row {
        private long runs;
        private final long[] tries = new long[PROMISES.size()];
        private final long[] violations = new long[PROMISES.size()];
    }

    static FaultCounts of(Path project) throws IOException {
        FaultCounts counts = new FaultCounts();
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            Path file =
                    project.resolve(source.getValue()).resolve("target/faults").resolve(source.getKey() + ".tsv");
            if (!Files.exists(file)) {
                throw new IllegalStateException("no " + file + ": build the whole project, with mvn verify");
            }
            for (String line : Files.readAllLines(file)) {
                counts.add(line.split("\t", -1));
            }
        }
        return counts;
    }

    private void add(String[] columns) {
        sources.add(columns[0]);
        Row row = rows.computeIfAbsent(columns[1] + "\t" + columns[2], key -> new Row());
        row.runs += Long.parseLong(columns[3]);
        for (int promise = 0; promise < PROMISES.size(); promise++) {
            row.tries[promise] += Long.parseLong(columns[FIRST_COUNT + 2 * promise]);
            row.violations[promise] += Long.parseLong(columns[FIRST_COUNT + 2 * promise + 1]);
        }
    }

    /** Who has left anything. */
    List<String> sources() {
        return sources.stream().distinct().toList();
    }

    /** The numbers of memcached nodes with which a promise was tried at all. */
    List<String> memcachedNodesOf(int promise) {
        return rows.entrySet().stream()
                .filter(row -> row.getValue().tries[promise] > 0)
                .map(row -> row.getKey().split("\t", -1)[1])
                .distinct()
                .sorted()
                .toList();
    }

    /** The faults under which a promise was broken. */
    List<String> violated() {
        return rows.entrySet().stream()
                .filter(row -> Arrays.stream(row.getValue().violations).sum() > 0)
                .map(row -> row.getKey().replace('\t', ' '))
                .toList();
    }

    /** As text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Fault by promise: tries/violations, of " + sources() + "\n");
        text.append(LINE.formatted("fault", "nodes", "runs", cells(PROMISES)));
        rows.forEach((name, row) -> {
            List<String> cells = new ArrayList<>();
            for (int promise = 0; promise < PROMISES.size(); promise++) {
                cells.add(row.tries[promise] + "/" + row.violations[promise]);
            }
            String[] faultAndNodes = name.split("\t", -1);
            text.append(LINE.formatted(faultAndNodes[0], faultAndNodes[1], row.runs, cells(cells)));
        });
        return text.toString();
    }

    private static String cells(List<String> cells) {
        return cells.stream().map("%14s"::formatted).collect(Collectors.joining());
    }
}
