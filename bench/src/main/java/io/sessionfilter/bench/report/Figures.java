package io.sessionfilter.bench.report;

import java.util.Locale;

/** Figures as people read them: three significant digits or so, in plain notation. */
final class Figures {
    static final String UNKNOWN = "–";

    private Figures() {}

    static String text(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return UNKNOWN;
        }
        double size = Math.abs(value);
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }

    static String text(double value, String unit) {
        return unit.isEmpty() ? text(value) : text(value) + " " + unit;
    }
}
