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
 * @param conclusions what follows from it, a paragraph each; may be none
 * @param charts the figures that matter, as pictures
 * @param tables all figures
 * @param wordTables what is known beside the figures; may be none
 * @param notes how it was measured, and what to keep in mind
 */
public record Report(
        String name,
        String title,
        String introduction,
        Map<String, String> environment,
        List<Target> targets,
        List<String> conclusions,
        List<Chart> charts,
        List<Table> tables,
        List<WordTable> wordTables,
        List<String> notes) {
    public Report {
        targets = List.copyOf(targets);
        conclusions = List.copyOf(conclusions);
        charts = List.copyOf(charts);
        tables = List.copyOf(tables);
        wordTables = List.copyOf(wordTables);
        notes = List.copyOf(notes);
    }

    /** Of targets and figures only. */
    public Report(
            String name,
            String title,
            String introduction,
            Map<String, String> environment,
            List<Target> targets,
            List<? extends Chart> charts,
            List<Table> tables,
            List<String> notes) {
        this(name, title, introduction, environment, targets, List.of(), List.copyOf(charts), tables, List.of(), notes);
    }
}
