package io.sessionfilter.bench.measure;

import java.util.Collection;

/** What is made of several measurements of one thing. */
public final class Samples {
    private Samples() {}

    /** The middle one, or the mean of the two in the middle; {@code NaN} of none. */
    public static double median(Collection<Double> samples) {
        return quantile(sorted(samples), 0.5);
    }

    /** How far apart the ends of the middle half are, as a share of the median; {@code NaN} of none. A few wild samples do not show. */
    public static double spread(Collection<Double> samples) {
        double[] sorted = sorted(samples);
        return (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / quantile(sorted, 0.5);
    }

    private static double[] sorted(Collection<Double> samples) {
        return samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
