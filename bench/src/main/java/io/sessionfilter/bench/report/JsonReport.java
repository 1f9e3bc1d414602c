package io.sessionfilter.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A report for programs. */
final class JsonReport {
    private JsonReport() {}

    static String of(Report report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", report.name());
        json.put("title", report.title());
        json.put("environment", report.environment());
        json.put("targets", report.targets().stream().map(JsonReport::target).toList());
        json.put("conclusions", report.conclusions());
        json.put("tables", report.tables().stream().map(JsonReport::table).toList());
        json.put(
                "wordTables",
                report.wordTables().stream().map(JsonReport::wordTable).toList());
        json.put("notes", report.notes());
        return value(json) + "\n";
    }

    private static Map<String, Object> target(Target target) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", target.what());
        json.put("measured", target.measured());
        json.put("limit", target.limit());
        json.put("unit", target.unit());
        json.put("met", target.isMet());
        return json;
    }

    private static Map<String, Object> table(Table table) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", table.title());
        json.put("rows", table.rows().stream().map(row -> row(table, row)).toList());
        return json;
    }

    private static Map<String, Object> row(Table table, Table.Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(table.rowName(), row.name());
        IntStream.range(0, row.values().size())
                .forEach(i ->
                        json.put(table.columns().get(i).heading(), row.values().get(i)));
        return json;
    }

    private static Map<String, Object> wordTable(WordTable table) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", table.title());
        json.put("headings", table.headings());
        json.put("rows", table.rows());
        return json;
    }

    /** Of maps, lists, strings, numbers, booleans and {@code null}. */
    static String value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> quoted(Objects.toString(entry.getKey())) + ":" + value(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonReport::value).collect(Collectors.joining(",\n", "[", "]"));
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            return "null"; // JSON has no other word for it
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
