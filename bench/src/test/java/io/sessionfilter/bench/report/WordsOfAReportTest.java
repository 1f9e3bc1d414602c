package io.sessionfilter.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsOfAReportTest {
    private static final Report REPORT = new Report(
            "sample",
            "Title",
            "Introduction",
            Map.of(),
            List.of(),
            List.of("Take <java>. " + "It is never wrong. ".repeat(10), "Or do not."),
            List.of(),
            List.of(),
            List.of(new WordTable(
                    "Promises",
                    List.of("value", "java", "fst"),
                    List.of(List.of("field added", "ok", "refused"), List.of("Optional", "refused", "ok")))),
            List.of());

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws Exception {
        new ReportWriter(directory, new PrintStream(terminal, true, StandardCharsets.UTF_8)).write(REPORT);
    }

    @Test
    void thePageHasConclusionsBeforeFiguresAndWordsAfterThem() throws Exception {
        String page = Files.readString(directory.resolve("sample.html"));

        assertThat(page)
                .containsSubsequence("Take &lt;java&gt;.", "<p>Or do not.</p>", "All figures", "<h2>Promises</h2>")
                .contains("<tr><td>field added</td><td>ok</td><td>refused</td></tr>");
    }

    @Test
    void theTerminalShowsThemInLinesThatFit() {
        String shown = terminal.toString(StandardCharsets.UTF_8);

        assertThat(shown).containsPattern("field added +ok +refused\n").contains("Take <java>. It is", "Or do not.");
        assertThat(shown.lines()).allMatch(line -> line.length() <= 120 || line.startsWith("Reports:"));
    }

    @Test
    void programsReadThemToo() throws Exception {
        assertThat(Files.readString(directory.resolve("sample.json")))
                .contains("\"Or do not.\"")
                .contains("\"headings\":[\"value\",\n\"java\",\n\"fst\"]")
                .contains("[\"field added\",\n\"ok\",\n\"refused\"]");
    }

    @Test
    void aRowHasACellForEachHeading() {
        List<String> headings = List.of("value", "java");
        List<List<String>> rows = List.of(List.of("field added"));

        assertThatThrownBy(() -> new WordTable("Promises", headings, rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("field added");
    }
}
