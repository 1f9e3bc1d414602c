package io.sessionfilter.bench.report;

import static io.sessionfilter.bench.report.Markup.escaped;

import io.sessionfilter.bench.report.ScatterChart.Panel;
import io.sessionfilter.bench.report.ScatterChart.Point;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Points as an SVG element, two panels in a row. */
final class SvgPoints {
    private static final int COLUMNS = 2;
    private static final int WIDTH = 960;
    private static final int PANEL_WIDTH = WIDTH / COLUMNS;
    private static final int PANEL_HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 24;
    private static final int TOP = 46;
    private static final int BOTTOM = 48;
    private static final int PLOT_WIDTH = PANEL_WIDTH - LEFT - RIGHT;
    private static final int PLOT_HEIGHT = PANEL_HEIGHT - TOP - BOTTOM;
    private static final int RADIUS = 6;
    private static final int LABEL_HEIGHT = 15;

    private final ScatterChart chart;
    private final StringBuilder svg = new StringBuilder();

    private SvgPoints(ScatterChart chart) {
        this.chart = chart;
    }

    static String of(ScatterChart chart) {
        return new SvgPoints(chart).draw();
    }

    private String draw() {
        int rows = (chart.panels().size() + COLUMNS - 1) / COLUMNS;
        append(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" font-family=\"sans-serif\" font-size=\"13\">%n",
                WIDTH, rows * PANEL_HEIGHT, escaped(chart.title()));
        for (int i = 0; i < chart.panels().size(); i++) {
            append("<g transform=\"translate(%d,%d)\">%n", i % COLUMNS * PANEL_WIDTH, i / COLUMNS * PANEL_HEIGHT);
            panel(chart.panels().get(i));
            append("</g>%n");
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(Panel panel) {
        Axis across = Axis.upTo(most(panel, Point::across));
        Axis up = Axis.upTo(most(panel, Point::up));
        append("<text x=\"%d\" y=\"16\" fill=\"#222\" font-weight=\"600\">%s</text>%n", LEFT, escaped(panel.name()));
        append(
                "<text x=\"%d\" y=\"%d\" fill=\"#555\" font-size=\"11\">%s</text>%n",
                LEFT, TOP - 12, escaped(chart.up()));
        append(
                "<text x=\"%d\" y=\"%d\" fill=\"#555\" font-size=\"11\" text-anchor=\"end\">%s</text>%n",
                LEFT + PLOT_WIDTH, TOP + PLOT_HEIGHT + 36, escaped(chart.across()));
        for (double line : up.lines()) {
            double y = y(up, line);
            line(LEFT, y, LEFT + PLOT_WIDTH, y, line == 0);
            label(LEFT - 8, y + 4, "end", Figures.text(line));
        }
        for (double line : across.lines()) {
            double x = x(across, line);
            line(x, TOP, x, TOP + PLOT_HEIGHT, line == 0);
            label(x, TOP + PLOT_HEIGHT + 18, "middle", Figures.text(line));
        }
        points(panel, across, up);
    }

    private static double most(Panel panel, ToDoubleFunction<Point> figure) {
        return panel.points().stream()
                .filter(Point::isKnown)
                .mapToDouble(figure)
                .max()
                .orElse(1);
    }

    /** From the lowest to the highest, so that a name that would cover another one moves up. */
    private void points(Panel panel, Axis across, Axis up) {
        List<Integer> known = IntStream.range(0, panel.points().size())
                .boxed()
                .filter(i -> panel.points().get(i).isKnown())
                .sorted(Comparator.comparingDouble(i -> panel.points().get(i).up()))
                .toList();
        double free = Double.MAX_VALUE;
        for (int i : known) {
            Point point = panel.points().get(i);
            double x = x(across, point.across());
            double y = y(up, point.up());
            boolean isLeft = across.share(point.across()) < 0.75;
            free = Math.min(y + 4, free - LABEL_HEIGHT);
            append("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"%s\"/>%n", x, y, RADIUS, Colors.of(i));
            label(isLeft ? x + RADIUS + 5 : x - RADIUS - 5, free, isLeft ? "start" : "end", point.name());
        }
    }

    private static double x(Axis across, double value) {
        return LEFT + across.share(value) * PLOT_WIDTH;
    }

    private static double y(Axis up, double value) {
        return TOP + PLOT_HEIGHT - up.share(value) * PLOT_HEIGHT;
    }

    private void line(double x1, double y1, double x2, double y2, boolean isAxis) {
        append(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                x1, y1, x2, y2, isAxis ? "#333" : "#e3e6ea");
    }

    private void label(double x, double y, String anchor, String text) {
        append(
                "<text x=\"%.1f\" y=\"%.1f\" fill=\"#222\" font-size=\"11\" text-anchor=\"%s\">%s</text>%n",
                x, y, anchor, escaped(text));
    }

    @SuppressWarnings("AnnotateFormatMethod") // private, and its callers are above
    private void append(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments));
    }
}
