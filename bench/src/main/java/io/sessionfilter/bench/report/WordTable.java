package io.sessionfilter.bench.report;

import java.util.List;

/**
 * Words in rows.
 *
 * @param title for people
 * @param headings of the columns
 * @param rows as many cells as there are headings each
 */
public record WordTable(String title, List<String> headings, List<List<String>> rows) {
    public WordTable {
        int columns = headings.size();
        headings = List.copyOf(headings);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != columns) {
                throw new IllegalArgumentException(
                        "row " + row + " has " + row.size() + " cells, but there are " + columns + " columns");
            }
        }
    }
}
