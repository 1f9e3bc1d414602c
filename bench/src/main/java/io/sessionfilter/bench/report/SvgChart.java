package io.sessionfilter.bench.report;

/** A chart as an SVG element that stands for itself: no script, no style sheet, no font of its own. */
final class SvgChart {
    private SvgChart() {}

    static String of(Chart chart) {
        if (chart instanceof BarChart bars) {
            return SvgBars.of(bars);
        }
        return SvgPoints.of((ScatterChart) chart);
    }
}
