package io.sessionfilter.bench.codecs;

import io.sessionfilter.bench.report.BarChart;
import io.sessionfilter.bench.report.Report;
import io.sessionfilter.bench.report.ScatterChart;
import io.sessionfilter.bench.report.ScatterChart.Panel;
import io.sessionfilter.bench.report.ScatterChart.Point;
import io.sessionfilter.bench.report.Table;
import io.sessionfilter.bench.report.Table.Column;
import io.sessionfilter.bench.report.WordTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Figures and verdicts about codecs as a report. */
final class CodecPage {
    private static final List<Column> COLUMNS = List.of(
            new Column("encode", "µs"),
            new Column("decode", "µs"),
            new Column("x java", ""),
            new Column("spread", "%"),
            new Column("size", "bytes"),
            new Column("lz4", "bytes"),
            new Column("deflate", "bytes"),
            new Column("encode allocates", "bytes"),
            new Column("decode allocates", "bytes"),
            new Column("first use", "ms"));

    private final List<CodecFigures> figures;
    private final CodecVerdicts verdicts;
    private final Map<String, String> environment;
    private final List<String> notes;
    private final List<String> codecs;
    private final List<String> payloads;

    /**
     * Takes what was found.
     *
     * @param figures of each codec for each session, in the order to show them
     * @param verdicts about these codecs
     * @param environment where and when
     * @param notes what could not be measured, and why
     */
    CodecPage(List<CodecFigures> figures, CodecVerdicts verdicts, Map<String, String> environment, List<String> notes) {
        this.figures = figures;
        this.verdicts = verdicts;
        this.environment = environment;
        this.notes = notes;
        this.codecs = figures.stream().map(CodecFigures::codec).distinct().toList();
        this.payloads = figures.stream().map(CodecFigures::payload).distinct().toList();
    }

    Report report() {
        return new Report(
                "codecs",
                "Codecs: what they cost, and what they promise",
                "One thread writes and reads whole sessions, attribute by attribute as session-filter does, with each codec on the class path."
                        + " What is cheap is to the left and below; what comes back right is in the last table.",
                environment,
                List.of(),
                Recommendation.of(of(decisivePayload()), verdicts),
                List.of(
                        new ScatterChart(
                                "Time against size",
                                "bytes stored",
                                "µs of CPU to write and read",
                                payloads.stream().map(this::panel).toList()),
                        besideJava("CPU to write and read, beside java's", CodecFigures::micros, CodecFigures::micros),
                        besideJava(
                                "Bytes stored, beside java's",
                                one -> one.trial().bytes(),
                                one -> one.trial().bytes()),
                        besideJava(
                                "Bytes stored with compression=lz4, beside java's without",
                                one -> one.trial().lz4Bytes(),
                                one -> one.trial().bytes()),
                        besideJava(
                                "Memory allocated to write and read, beside java's",
                                CodecFigures::allocated,
                                CodecFigures::allocated),
                        firstUse()),
                List.of(new Table(
                        "Per session",
                        "session, codec",
                        COLUMNS,
                        figures.stream().map(this::row).toList())),
                List.of(promises()),
                Stream.concat(
                                notes.stream(),
                                Stream.of(
                                        "CPU is that of the whole process, its garbage collector and compiler included. Figures are medians of"
                                                + " JMH's iterations; the machine may be shared: trust ratios within one run, and none below"
                                                + " 1.3.",
                                        "Sizes are those of the values. Compressed is, as by default in session-filter, an attribute of 2 KiB"
                                                + " or more that becomes a tenth smaller.",
                                        "First use: in a process that has just started the codec is made, writes the session and reads it once."))
                        .toList());
    }

    /** The user's own, if there is one. */
    private String decisivePayload() {
        return payloads.contains(OwnPayload.NAME) ? OwnPayload.NAME : Payloads.TYPICAL;
    }

    private List<CodecFigures> of(String payload) {
        return figures.stream().filter(one -> one.payload().equals(payload)).toList();
    }

    private CodecFigures of(String payload, String codec) {
        return figures.stream()
                .filter(one -> one.payload().equals(payload) && one.codec().equals(codec))
                .findFirst()
                .orElseThrow();
    }

    private Panel panel(String payload) {
        return new Panel(
                payload,
                of(payload).stream()
                        .map(one -> new Point(one.codec(), one.trial().bytes(), one.micros()))
                        .toList());
    }

    private BarChart besideJava(
            String title, ToDoubleFunction<CodecFigures> figure, ToDoubleFunction<CodecFigures> unit) {
        return bars(
                title,
                "java = 1",
                payloads,
                one -> figure.applyAsDouble(one) / unit.applyAsDouble(of(one.payload(), CodecsHere.JAVA)));
    }

    private BarChart firstUse() {
        List<String> measured = payloads.stream()
                .filter(payload -> of(payload).stream().anyMatch(one -> Double.isFinite(one.firstMillis())))
                .toList();
        return bars("First use in a new process", "ms", measured, CodecFigures::firstMillis);
    }

    private BarChart bars(String title, String unit, List<String> groups, ToDoubleFunction<CodecFigures> figure) {
        return new BarChart(
                title,
                unit,
                groups,
                codecs.stream()
                        .map(codec -> new BarChart.Series(
                                codec,
                                groups.stream()
                                        .map(payload -> figure.applyAsDouble(of(payload, codec)))
                                        .toList()))
                        .toList());
    }

    private Table.Row row(CodecFigures one) {
        return new Table.Row(
                one.payload() + ", " + one.codec(),
                List.of(
                        one.encodeMicros(),
                        one.decodeMicros(),
                        one.micros() / of(one.payload(), CodecsHere.JAVA).micros(),
                        one.spread(),
                        one.trial().bytes(),
                        one.trial().lz4Bytes(),
                        one.trial().deflateBytes(),
                        one.encodeBytes(),
                        one.decodeBytes(),
                        one.firstMillis()));
    }

    private WordTable promises() {
        List<String> known = codecs.stream().filter(verdicts::knows).toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("values that come back right", known, codec -> verdicts.count(codec, false)));
        rows.add(row("changes of classes that are borne", known, codec -> verdicts.count(codec, true)));
        verdicts.notAllOk(known).forEach(verdict -> rows.add(row(verdict.what(), known, verdict::of)));
        return new WordTable(
                "What comes back (docs/codecs.md; all else is right with every codec)",
                Stream.concat(Stream.of("value or change"), known.stream()).toList(),
                rows);
    }

    private static List<String> row(String name, List<String> codecs, UnaryOperator<String> cell) {
        return Stream.concat(Stream.of(name), codecs.stream().map(cell)).toList();
    }
}
