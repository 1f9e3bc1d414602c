package io.sessionfilter.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.bench.report.ScatterChart.Panel;
import io.sessionfilter.bench.report.ScatterChart.Point;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SvgPointsTest {
    private static String drawn(Point... points) {
        return SvgChart.of(
                new ScatterChart("Time & size", "bytes", "µs", List.of(new Panel("typical <1>", List.of(points)))));
    }

    private static double y(String svg, String label) {
        Matcher text = Pattern.compile("y=\"([0-9.]+)\"[^>]*>" + label + "<").matcher(svg);
        assertThat(text.find()).as(label + " in " + svg).isTrue();
        return Double.parseDouble(text.group(1));
    }

    @Test
    void itIsWellFormedAndHasACircleForEachKnownPoint() throws Exception {
        String svg = drawn(new Point("java", 7000, 300), new Point("kryo", 4500, 150), new Point("fst", 1, Double.NaN));

        Document chart =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(chart.getElementsByTagName("circle").getLength()).isEqualTo(2);
        assertThat(svg)
                .contains(">java<", ">kryo<", "typical &lt;1&gt;", "Time &amp; size")
                .doesNotContain(">fst<");
    }

    @Test
    void moreIsHigher() {
        String svg = drawn(new Point("java", 7000, 300), new Point("kryo", 4500, 100));

        assertThat(y(svg, "java")).isLessThan(y(svg, "kryo") - 50);
    }

    @Test
    void namesOfNeighboursDoNotCoverEachOther() {
        String svg = drawn(new Point("java", 100, 300), new Point("kryo", 100, 299), new Point("fst", 100, 301));

        assertThat(List.of(y(svg, "kryo") - y(svg, "java"), y(svg, "java") - y(svg, "fst")))
                .allSatisfy(distance -> assertThat(distance).isGreaterThanOrEqualTo(14.9));
    }

    @Test
    void aPanelWithoutPointsIsDrawn() {
        assertThat(drawn()).contains("typical").doesNotContain("NaN");
    }

    @Test
    void rowsHoldTwoPanels() {
        List<Panel> three = IntStream.range(0, 3)
                .mapToObj(i -> new Panel("p" + i, List.of()))
                .toList();

        assertThat(SvgChart.of(new ScatterChart("t", "x", "y", three)))
                .contains("viewBox=\"0 0 960 600\"", "translate(480,0)", "translate(0,300)");
    }
}
