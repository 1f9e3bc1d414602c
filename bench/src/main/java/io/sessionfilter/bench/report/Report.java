package io.sessionfilter.bench.report;

import java.util.List;
import java.util.Map;

/**
 * What a benchmark has found.
 *
 * @param name of the benchmark and of its files: lower-case letters
 * @param title for people
 * @param introduction what was measured, and how to read it
 * @param environment where and when, in the order it is to be shown
 * @param targets what was to be reached
 * @param charts the figures that matter, as pictures
 * @param tables all figures
 * @param notes how it was measured, and what to keep in mind
 */
public record Report(
        String name,
        String title,
        String introduction,
        Map<String, String> environment,
        List<Target> targets,
        List<BarChart> charts,
        List<Table> tables,
        List<String> notes) {
    public Report {
        targets = List.copyOf(targets);
        charts = List.copyOf(charts);
        tables = List.copyOf(tables);
        notes = List.copyOf(notes);
    }
}
