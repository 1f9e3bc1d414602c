package io.sessionfilter.bench.codecs;

import static io.sessionfilter.bench.codecs.RecommendationTest.figures;
import static io.sessionfilter.bench.codecs.RecommendationTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.bench.report.BarChart;
import io.sessionfilter.bench.report.Report;
import io.sessionfilter.bench.report.ScatterChart;
import io.sessionfilter.bench.report.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodecPageTest {
    private static Report page(CodecFigures... figures) {
        return new CodecPage(
                        List.of(figures),
                        CodecVerdictsTest.SAMPLE,
                        Map.of(),
                        List.of("fst is not measured: no Unsafe."))
                .report();
    }

    private static CodecFigures of(String payload, CodecFigures figures) {
        Trial trial = figures.trial();
        return new CodecFigures(
                new Trial(
                        payload, trial.codec(), trial.bytes(), trial.lz4Bytes(), trial.deflateBytes(), trial.refusal()),
                figures.encodeMicros(),
                figures.decodeMicros(),
                figures.spread(),
                figures.encodeBytes(),
                figures.decodeBytes(),
                figures.firstMillis());
    }

    @Test
    void eachSessionIsAPanelWithAPointForEachCodec() {
        Report report = page(figures("java", 300, 7000), figures("kryo", 150, 4500));

        ScatterChart chart = (ScatterChart) report.charts().get(0);
        assertThat(chart.panels())
                .containsExactly(new ScatterChart.Panel(
                        "typical",
                        List.of(new ScatterChart.Point("java", 7000, 300), new ScatterChart.Point("kryo", 4500, 150))));
    }

    @Test
    void barsAreBesideJava() {
        Report report = page(figures("java", 300, 7000), figures("kryo", 150, 3500));

        BarChart time = (BarChart) report.charts().get(1);
        BarChart compressed = (BarChart) report.charts().get(3);
        assertThat(time.series().get(1).values()).containsExactly(0.5);
        assertThat(compressed.series().get(0).values()).containsExactly(0.5);
        assertThat(compressed.series().get(1).values()).containsExactly(0.25);
    }

    @Test
    void allFiguresAreInTheTable() {
        Table table = page(figures("java", 300, 7000), figures("kryo", 150, 3500))
                .tables()
                .get(0);

        assertThat(table.rows().get(1).name()).isEqualTo("typical, kryo");
        assertThat(table.rows().get(1).values())
                .containsExactly(50.0, 100.0, 0.5, 5.0, 3500.0, 1750.0, 3500.0 / 3, 21_000.0, 35_000.0, 30.0);
    }

    @Test
    void whatIsRefusedHasNoFigures() {
        Report report = page(figures("java", 300, 7000), refused("kryo"));

        assertThat(report.tables().get(0).rows().get(1).values()).allMatch(value -> value.isNaN());
        assertThat(report.notes()).contains("fst is not measured: no Unsafe.");
    }

    @Test
    void theUsersOwnSessionDecides() {
        Report report = page(
                figures("java", 300, 7000),
                figures("kryo", 150, 3500),
                of(OwnPayload.NAME, figures("java", 20, 500)),
                of(OwnPayload.NAME, figures("kryo", 15, 400)));

        assertThat(report.conclusions().get(0)).startsWith("Stay with java. For the session \"yours\"");
    }

    @Test
    void verdictsOfTheCodecsMeasuredStandBesideTheFigures() {
        Report report = page(figures("java", 300, 7000), figures("kryo", 150, 3500));

        assertThat(report.wordTables().get(0).headings()).containsExactly("value or change", "java", "kryo");
        assertThat(report.wordTables().get(0).rows())
                .containsExactly(
                        List.of("values that come back right", "2 of 3", "2 of 3"),
                        List.of("changes of classes that are borne", "2 of 3", "2 of 3"),
                        List.of("Optional", "refused", "ok"),
                        List.of("list and its view", "ok", "unlinked"),
                        List.of("class is gone", "refused", "refused"));
    }
}
