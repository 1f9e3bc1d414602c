package io.sessionfilter.bench.codecs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What each codec makes of what: the table in {@code docs/codecs.md}, which the build compares with the codecs. */
final class CodecVerdicts {
    private static final String BEGIN = "<!-- verdicts:begin -->";
    private static final String END = "<!-- verdicts:end -->";
    private static final String FIRST_CHANGE = "field added";
    private static final String OK = "ok";

    /**
     * A row.
     *
     * @param what kind of value, or which change of a class
     * @param isChange the latter
     * @param byCodec what each makes of it
     */
    record Row(String what, boolean isChange, Map<String, String> byCodec) {
        Row {
            byCodec = Map.copyOf(byCodec);
        }

        String of(String codec) {
            return Objects.requireNonNull(byCodec.get(codec), codec);
        }

        boolean isOk(String codec) {
            return of(codec).equals(OK);
        }
    }

    private final List<String> codecs;
    private final List<Row> rows;

    private CodecVerdicts(List<String> codecs, List<Row> rows) {
        this.codecs = codecs;
        this.rows = rows;
    }

    /**
     * Reads the table.
     *
     * @param document the text of {@code docs/codecs.md}
     * @throws IllegalArgumentException if the table is not where it should be
     */
    static CodecVerdicts of(String document) {
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("there is no table between " + BEGIN + " and " + END);
        }
        List<List<String>> cells = document.substring(begin + BEGIN.length(), end)
                .strip()
                .lines()
                .map(CodecVerdicts::cells)
                .toList();
        List<String> codecs =
                cells.get(0).stream().skip(1).map(name -> name.replace("`", "")).toList();
        List<Row> rows = new ArrayList<>();
        boolean isChange = false;
        for (List<String> row : cells.subList(2, cells.size())) {
            isChange |= row.get(0).equals(FIRST_CHANGE);
            rows.add(new Row(
                    row.get(0),
                    isChange,
                    IntStream.range(0, codecs.size())
                            .boxed()
                            .collect(Collectors.toMap(codecs::get, column -> row.get(column + 1)))));
        }
        if (!isChange) {
            throw new IllegalArgumentException("the table has no row \"" + FIRST_CHANGE + "\"");
        }
        return new CodecVerdicts(codecs, rows);
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1).split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    /** Whether the table has a column for it. */
    boolean knows(String codec) {
        return codecs.contains(codec);
    }

    /** How many values, or changes, there are, and come back right. */
    String count(String codec, boolean changes) {
        return count(row -> row.isChange() == changes && row.isOk(codec)) + " of "
                + count(row -> row.isChange() == changes);
    }

    private long count(Predicate<Row> which) {
        return rows.stream().filter(which).count();
    }

    /** Those that some of these codecs do not do right. */
    List<Row> notAllOk(List<String> some) {
        return rows.stream()
                .filter(row -> some.stream().anyMatch(codec -> !row.isOk(codec)))
                .toList();
    }

    /** What the one does right, and the other does not. */
    List<Row> lost(String codec, String other, boolean changes) {
        return rows.stream()
                .filter(row -> row.isChange() == changes && row.isOk(codec) && !row.isOk(other))
                .toList();
    }
}
