package io.sessionfilter.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A report for the terminal: its tables, its targets, and what follows. */
final class TextReport {
    private static final int PARAGRAPH_WIDTH = 120;

    private TextReport() {}

    static String of(Report report) {
        StringBuilder text = new StringBuilder(report.title()).append('\n');
        report.environment()
                .forEach((name, value) -> text.append("  ")
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        for (Table table : report.tables()) {
            text.append('\n').append(table.title()).append('\n').append(grid(cells(table)));
        }
        for (WordTable table : report.wordTables()) {
            text.append('\n').append(table.title()).append('\n').append(grid(cells(table)));
        }
        if (!report.targets().isEmpty()) {
            text.append("\nTargets\n").append(grid(cells(report.targets())));
        }
        if (!report.conclusions().isEmpty()) {
            text.append('\n');
            report.conclusions()
                    .forEach(conclusion -> text.append(wrapped(conclusion)).append('\n'));
        }
        return text.toString();
    }

    private static String wrapped(String paragraph) {
        return String.join("\n", Words.lines(paragraph, PARAGRAPH_WIDTH));
    }

    private static List<List<String>> cells(WordTable table) {
        return Stream.concat(Stream.of(table.headings()), table.rows().stream()).toList();
    }

    private static List<List<String>> cells(Table table) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.concat(
                        Stream.of(table.rowName()), table.columns().stream().map(Table.Column::heading))
                .toList());
        for (Table.Row row : table.rows()) {
            rows.add(Stream.concat(Stream.of(row.name()), row.values().stream().map(Figures::text))
                    .toList());
        }
        return rows;
    }

    private static List<List<String>> cells(List<Target> targets) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("what", "measured", "at most", ""));
        for (Target target : targets) {
            rows.add(List.of(
                    target.what(),
                    Figures.text(target.measured(), target.unit()),
                    Figures.text(target.limit(), target.unit()),
                    target.verdict()));
        }
        return rows;
    }

    /** The first column to the left, the others to the right. */
    private static String grid(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append("  ");
            for (int i = 0; i < columns; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                text.append(i == 0 ? row.get(i) + padding : "  " + padding + row.get(i));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
