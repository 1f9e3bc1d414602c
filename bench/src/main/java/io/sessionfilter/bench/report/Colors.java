package io.sessionfilter.bench.report;

import java.util.List;

/** What is compared, by colour. */
final class Colors {
    private static final List<String> COLORS =
            List.of("#9aa5b1", "#2f6fb3", "#7fb0e0", "#c2571a", "#eeb48a", "#4d8f5b", "#a8d1b0");

    private Colors() {}

    static String of(int series) {
        return COLORS.get(series % COLORS.size());
    }
}
