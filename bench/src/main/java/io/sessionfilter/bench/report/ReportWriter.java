package io.sessionfilter.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Shows a report on the terminal, and writes it as HTML and as JSON, and its charts as pictures. */
public final class ReportWriter {
    private final Path directory;
    private final PrintStream terminal;

    /**
     * Says where.
     *
     * @param directory for the files; is made
     * @param terminal for the tables
     */
    public ReportWriter(Path directory, PrintStream terminal) {
        this.directory = directory;
        this.terminal = terminal;
    }

    /**
     * Writes a report in all forms.
     *
     * @param report replaces an earlier one of its name
     */
    public void write(Report report) throws IOException {
        Files.createDirectories(directory);
        Path html = Files.writeString(directory.resolve(report.name() + ".html"), HtmlReport.of(report));
        Path json = Files.writeString(directory.resolve(report.name() + ".json"), JsonReport.of(report));
        terminal.println();
        terminal.print(TextReport.of(report));
        terminal.println();
        terminal.println("Reports: " + html + ", " + json);
        for (Chart chart : report.charts()) {
            Files.writeString(directory.resolve(report.name() + "-" + fileName(chart) + ".svg"), SvgChart.file(chart));
        }
    }

    /** What can be a name everywhere: of "CPU, beside java's" it is cpu-beside-javas. */
    private static String fileName(Chart chart) {
        String title = chart.title().toLowerCase(Locale.ROOT).replace("'", "");
        return title.replaceAll("[^a-z0-9]+", "-");
    }
}
