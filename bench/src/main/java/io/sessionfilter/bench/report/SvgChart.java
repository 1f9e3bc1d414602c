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

    /** As a file, to be shown on pages of any colour. */
    static String file(Chart chart) {
        String element = of(chart);
        int inner = element.indexOf('>') + 1;
        return element.substring(0, inner).replaceFirst("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ")
                + "\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
                + element.substring(inner);
    }
}
