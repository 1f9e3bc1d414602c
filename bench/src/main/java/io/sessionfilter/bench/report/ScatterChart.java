package io.sessionfilter.bench.report;

import java.util.List;

/**
 * Two figures of each thing as a point, in panels side by side. Axes begin at zero; each panel has its own scale.
 *
 * @param title for people
 * @param across what is to the right, with its unit
 * @param up what is upwards, with its unit
 * @param panels what is compared within each
 */
public record ScatterChart(String title, String across, String up, List<Panel> panels) implements Chart {
    /**
     * Things of one kind.
     *
     * @param name for people
     * @param points the n-th of each panel is of the same colour
     */
    public record Panel(String name, List<Point> points) {
        public Panel {
            points = List.copyOf(points);
        }
    }

    /**
     * One thing.
     *
     * @param name for people
     * @param across how far to the right; {@code NaN}: no point
     * @param up how far upwards; {@code NaN}: no point
     */
    public record Point(String name, double across, double up) {
        /** Whether both figures are known. */
        public boolean isKnown() {
            return Double.isFinite(across) && Double.isFinite(up);
        }
    }

    public ScatterChart {
        panels = List.copyOf(panels);
    }
}
