package io.sessionfilter.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportWriterTest {
    private static final Report REPORT = new Report(
            "sample",
            "A <sample> & more",
            "Introduction",
            Map.of("Java", "17 \"LTS\""),
            List.of(new Target("fast", 1.25, 1.3, "µs"), new Target("small", 500, 400, "bytes")),
            List.of(new BarChart(
                    "Bars & limits",
                    "µs",
                    List.of("read", "write"),
                    List.of(
                            new BarChart.Series("own", List.of(1.0, 2.0)),
                            new BarChart.Series("ours", List.of(1.5, Double.NaN), List.of(1.2, Double.NaN))))),
            List.of(new Table(
                    "Figures",
                    "what",
                    List.of(new Table.Column("CPU", "µs"), new Table.Column("count", "")),
                    List.of(
                            new Table.Row("read", List.of(1.234, 12_345.0)),
                            new Table.Row("write \\ more", List.of(Double.NaN, 0.0))))),
            List.of("A note"));

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private String written(String file) throws IOException {
        new ReportWriter(directory, new PrintStream(terminal, true, StandardCharsets.UTF_8)).write(REPORT);
        return Files.readString(directory.resolve(file));
    }

    @Test
    void theTerminalShowsTargetsBesideTheFigures() throws IOException {
        written("sample.html");

        String shown = terminal.toString(StandardCharsets.UTF_8);
        assertThat(shown)
                .containsPattern("fast +1\\.25 µs +1\\.30 µs +met")
                .containsPattern("small +500 bytes +400 bytes +missed")
                .containsPattern("read +1\\.23 +12,345")
                .containsPattern("write \\\\ more +– +0\\n");
    }

    @Test
    void columnsAreAlignedOnTheTerminal() throws IOException {
        written("sample.html");

        List<String> rows = terminal.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("CPU [µs]") || line.contains("12,345") || line.contains("–"))
                .toList();
        assertThat(rows).hasSize(3).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.get(0)));
    }

    @Test
    void eachChartIsAPictureOfItsOwnToo() throws Exception {
        String picture = written("sample-bars-limits.svg");

        Document svg = DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(picture)));
        assertThat(svg.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
        assertThat(svg.getDocumentElement().getFirstChild().getNextSibling().getNodeName())
                .as("what it is drawn on")
                .isEqualTo("rect");
    }

    @Test
    void thePageNeedsNothingElse() throws IOException {
        String page = written("sample.html");

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .doesNotContain("http:", "https:", "<script", "<link", "src=", "url(")
                .contains("A &lt;sample&gt; &amp; more", "17 &quot;LTS&quot;", "A note")
                .contains("<span class=\"met\">met</span>", "<span class=\"missed\">missed</span>");
    }

    @Test
    void chartsAreWellFormedAndHaveABarForEachKnownValue() throws Exception {
        Matcher svg = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(written("sample.html"));

        assertThat(svg.find()).isTrue();
        Document chart = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg.group())));
        int legend = 2;
        assertThat(chart.getElementsByTagName("rect").getLength()).isEqualTo(legend + 3);
        assertThat(svg.group()).contains(">read<", ">write<", ">own<", ">ours<", ">target, at most<", ">1.50<");
    }

    @Test
    void allFiguresAreInTheJson() throws IOException {
        assertThat(written("sample.json"))
                .contains("\"title\":\"A <sample> & more\"")
                .contains("\"Java\":\"17 \\\"LTS\\\"\"")
                .contains("{\"what\":\"fast\",\"measured\":1.25,\"limit\":1.3,\"unit\":\"µs\",\"met\":true}")
                .contains("{\"what\":\"read\",\"CPU [µs]\":1.234,\"count\":12345.0}")
                .contains("{\"what\":\"write \\\\ more\",\"CPU [µs]\":null,\"count\":0.0}");
    }

    @Test
    void aTargetOfAnUnknownFigureIsMissed() {
        assertThat(new Target("fast", Double.NaN, 1, "").isMet()).isFalse();
    }

    @Test
    void aRowHasAValueForEachColumn() {
        List<Table.Column> columns = List.of(new Table.Column("CPU", "µs"));
        List<Table.Row> rows = List.of(new Table.Row("read", List.of(1.0, 2.0)));

        assertThatThrownBy(() -> new Table("Figures", "what", columns, rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("read");
    }

    @Test
    void axesHaveRoundSteps() {
        assertThat(Axis.stepFor(1.9)).isEqualTo(0.2);
        assertThat(Axis.stepFor(4.7)).isEqualTo(1.0);
        assertThat(Axis.stepFor(930)).isEqualTo(200);
        assertThat(Axis.stepFor(0)).isEqualTo(1);
    }

    @Test
    void longNamesOfGroupsAreBrokenBetweenWords() {
        assertThat(Words.lines("store: commit, 2 copies", 15)).containsExactly("store: commit,", "2 copies");
        assertThat(Words.lines("read", 15)).containsExactly("read");
        assertThat(Words.lines("unbreakable", 5)).containsExactly("unbreakable");
    }
}
