package io.sessionfilter.bench.report;

/** Figures as a picture. */
public sealed interface Chart permits BarChart, ScatterChart {
    /** For people. */
    String title();
}
