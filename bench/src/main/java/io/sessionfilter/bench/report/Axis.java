package io.sessionfilter.bench.report;

import java.util.List;
import java.util.stream.IntStream;

/** From zero to a round number, with lines at round ones. */
record Axis(double end, double step) {
    /** Long enough for values up to this. */
    static Axis upTo(double most) {
        double step = stepFor(most);
        return new Axis(Math.max(step, Math.ceil(most * 1.05 / step) * step), step);
    }

    /** 1, 2 or 5 times a power of ten, so that there are four to ten lines. */
    static double stepFor(double most) {
        if (most <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(most / 4)));
        double rest = most / 4 / power;
        return power * (rest >= 5 ? 5 : rest >= 2 ? 2 : 1);
    }

    List<Double> lines() {
        return IntStream.rangeClosed(0, (int) Math.round(end / step))
                .mapToObj(i -> i * step)
                .toList();
    }

    /** How far along a value is, from 0 to 1. */
    double share(double value) {
        return value / end;
    }
}
