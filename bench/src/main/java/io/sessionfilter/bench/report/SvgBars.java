package io.sessionfilter.bench.report;

import static io.sessionfilter.bench.report.Markup.escaped;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A bar chart as an SVG element that stands for itself: no script, no style sheet, no font of its own. */
final class SvgBars {
    private static final int WIDTH = 960;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 56;
    private static final int PLOT_HEIGHT = 260;
    private static final int BOTTOM = 56;
    private static final int LEGEND_Y = 24;
    private static final int HEIGHT = TOP + PLOT_HEIGHT + BOTTOM;
    private static final int CHARACTER = 8;
    private static final int LEGEND_CHARACTER = 7;
    private static final int LINE_HEIGHT = 16;
    private static final int LABEL_HEIGHT = 18;
    /** Narrower bars have no room for their value. */
    private static final double LEAST_LABELLED = 24;

    private final BarChart chart;
    private final Axis axis;
    private final StringBuilder svg = new StringBuilder();

    private SvgBars(BarChart chart) {
        this.chart = chart;
        double most = chart.series().stream()
                .flatMap(series -> Stream.concat(series.values().stream(), series.limits().stream()))
                .filter(Double::isFinite)
                .max(Double::compare)
                .orElse(1.0);
        this.axis = Axis.upTo(most);
    }

    static String of(BarChart chart) {
        return new SvgBars(chart).draw();
    }

    private String draw() {
        append(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" font-family=\"sans-serif\" font-size=\"13\">%n",
                WIDTH, HEIGHT, escaped(chart.title()));
        legend();
        grid();
        double groupWidth =
                (double) (WIDTH - LEFT - RIGHT) / Math.max(1, chart.groups().size());
        for (int group = 0; group < chart.groups().size(); group++) {
            group(group, LEFT + group * groupWidth, groupWidth);
        }
        append(
                "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#333\"/>%n",
                LEFT, TOP + PLOT_HEIGHT, WIDTH - RIGHT, TOP + PLOT_HEIGHT);
        return svg.append("</svg>\n").toString();
    }

    private void legend() {
        double x = LEFT;
        for (int i = 0; i < chart.series().size(); i++) {
            String name = chart.series().get(i).name();
            append(
                    "<rect x=\"%.1f\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>%n",
                    x, LEGEND_Y - 11, Colors.of(i));
            append("<text x=\"%.1f\" y=\"%d\" fill=\"#333\">%s</text>%n", x + 17, LEGEND_Y, escaped(name));
            x += 32 + name.length() * LEGEND_CHARACTER;
        }
        if (hasLimits()) {
            append(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#b00020\" stroke-width=\"3\"/>%n",
                    x, LEGEND_Y - 5, x + 14, LEGEND_Y - 5);
            append("<text x=\"%.1f\" y=\"%d\" fill=\"#333\">target, at most</text>%n", x + 19, LEGEND_Y);
        }
    }

    private boolean hasLimits() {
        return chart.series().stream()
                .flatMap(series -> series.limits().stream())
                .anyMatch(Double::isFinite);
    }

    private void grid() {
        append(
                "<text x=\"%d\" y=\"%d\" fill=\"#555\" text-anchor=\"end\">%s</text>%n",
                LEFT - 8, TOP - 12, escaped(chart.unit()));
        for (double line : axis.lines()) {
            double y = y(line);
            append(
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#e3e6ea\"/>%n",
                    LEFT, y, WIDTH - RIGHT, y);
            append(
                    "<text x=\"%d\" y=\"%.1f\" fill=\"#555\" text-anchor=\"end\">%s</text>%n",
                    LEFT - 8, y + 4, Figures.text(line));
        }
    }

    private void group(int group, double x, double width) {
        double barWidth = width * 0.84 / Math.max(1, chart.series().size());
        for (int i = 0; i < chart.series().size(); i++) {
            BarChart.Series series = chart.series().get(i);
            bar(
                    series.values().get(group),
                    series.limits().get(group),
                    x + width * 0.08 + i * barWidth,
                    barWidth,
                    Colors.of(i));
        }
        List<String> lines = Words.lines(chart.groups().get(group), (int) (width / CHARACTER));
        for (int i = 0; i < lines.size(); i++) {
            append(
                    "<text x=\"%.1f\" y=\"%d\" fill=\"#222\" text-anchor=\"middle\">%s</text>%n",
                    x + width / 2, TOP + PLOT_HEIGHT + 20 + i * LINE_HEIGHT, escaped(lines.get(i)));
        }
    }

    private void bar(double value, double limit, double x, double width, String color) {
        if (Double.isFinite(value)) {
            double y = y(value);
            append(
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                    x + 1, y, Math.max(1, width - 2), TOP + PLOT_HEIGHT - y, color);
            if (width >= LEAST_LABELLED) {
                append(
                        "<text x=\"%.1f\" y=\"%.1f\" fill=\"#222\" font-size=\"11\" text-anchor=\"middle\">%s</text>%n",
                        x + width / 2, labelled(y, limit) - 5, Figures.text(value));
            }
        }
        if (Double.isFinite(limit)) {
            append(
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#b00020\" stroke-width=\"3\"/>%n",
                    x, y(limit), x + width, y(limit));
        }
    }

    /** Above what the label stands: the bar's end, unless the line of its limit would cross it there. */
    private double labelled(double end, double limit) {
        double line = Double.isFinite(limit) ? y(limit) : end;
        return line < end && line > end - LABEL_HEIGHT ? line : end;
    }

    private double y(double value) {
        return TOP + PLOT_HEIGHT - axis.share(value) * PLOT_HEIGHT;
    }

    @SuppressWarnings("AnnotateFormatMethod") // private, and its callers are above
    private void append(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments));
    }
}
