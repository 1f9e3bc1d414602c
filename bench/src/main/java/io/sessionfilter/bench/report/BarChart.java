package io.sessionfilter.bench.report;

import java.util.List;

/**
 * Figures as bars, several series side by side in groups.
 *
 * @param title for people
 * @param unit of the values
 * @param groups the names of the groups, such as workloads
 * @param series what is compared within each group
 */
public record BarChart(String title, String unit, List<String> groups, List<Series> series) implements Chart {
    /**
     * One bar in each group.
     *
     * @param name for the legend
     * @param values by group; {@code NaN}: no bar
     * @param limits by group, what the values are not to exceed; {@code NaN}: none
     */
    public record Series(String name, List<Double> values, List<Double> limits) {
        public Series {
            values = List.copyOf(values);
            limits = List.copyOf(limits);
        }

        /** Without limits. */
        public Series(String name, List<Double> values) {
            this(name, values, values.stream().map(value -> Double.NaN).toList());
        }
    }

    public BarChart {
        groups = List.copyOf(groups);
        series = List.copyOf(series);
        for (Series one : series) {
            if (one.values().size() != groups.size() || one.limits().size() != groups.size()) {
                throw new IllegalArgumentException(
                        "series \"" + one.name() + "\" needs a value and a limit for each of " + groups);
            }
        }
    }
}
