package io.sessionfilter.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was tried against which fault, and what came of it: a file with one line for each kind of fault and number of memcached nodes, which the
 * build puts together with those of other suites at its end. For use by one thread at a time.
 */
public final class FaultTable {
    private final Map<String, Row> rows = new TreeMap<>();

    private static final class Row {
        private int runs;
        private final Tally tally = new Tally();
    }

    /**
     * Counts one run.
     *
     * @param fault what went wrong
     * @param memcachedNodes how many there were
     * @param tally what was decided
     */
    public void count(String fault, int memcachedNodes, Tally tally) {
        Row row = rows.computeIfAbsent(fault + "\t" + memcachedNodes, key -> new Row());
        row.runs++;
        row.tally.add(tally);
    }

    /**
     * Writes it: {@code source, fault, memcached nodes, runs}, and for each promise {@code tries, violations}, with tabs between.
     *
     * @param directory is made if need be
     * @param source who has tried
     */
    public void write(Path directory, String source) {
        StringBuilder text = new StringBuilder();
        rows.forEach((name, row) -> {
            text.append(source).append('\t').append(name).append('\t').append(row.runs);
            for (Promise promise : Promise.values()) {
                text.append('\t').append(row.tally.tries(promise)).append('\t').append(row.tally.violations(promise));
            }
            text.append('\n');
        });
        try {
            Files.writeString(Files.createDirectories(directory).resolve(source + ".tsv"), text);
        } catch (IOException e) {
            throw new UncheckedIOException("the table of faults", e);
        }
    }
}
