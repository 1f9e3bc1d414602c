package io.sessionfilter.bench.report;

import java.util.List;

/**
 * Figures in rows.
 *
 * @param title for people
 * @param rowName what the rows are
 * @param columns what is known of each row
 * @param rows as many values as there are columns each
 */
public record Table(String title, String rowName, List<Column> columns, List<Row> rows) {
    /**
     * A kind of figure.
     *
     * @param name for people
     * @param unit of its values; may be empty
     */
    public record Column(String name, String unit) {
        /** The heading. */
        public String heading() {
            return unit.isEmpty() ? name : name + " [" + unit + "]";
        }
    }

    /**
     * What was found of one thing.
     *
     * @param name of the thing
     * @param values by column; {@code NaN}: not known
     */
    public record Row(String name, List<Double> values) {
        public Row {
            values = List.copyOf(values);
        }
    }

    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.values().size() != columns.size()) {
                throw new IllegalArgumentException("row \"" + row.name() + "\" has "
                        + row.values().size() + " values, but there are " + columns.size() + " columns");
            }
        }
    }
}
