package io.sessionfilter.bench.measure;

import java.util.Arrays;
import java.util.Collection;

/** What is made of several measurements of one thing. */
public final class Samples {
    private Samples() {}

    /** The middle one, or the mean of the two in the middle; {@code NaN} of none. */
    public static double median(Collection<Double> samples) {
        double[] sorted =
                samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** How far the largest and the smallest are apart, as a share of the median; {@code NaN} of none. */
    public static double spread(Collection<Double> samples) {
        double[] all = samples.stream().mapToDouble(Double::doubleValue).toArray();
        if (all.length == 0) {
            return Double.NaN;
        }
        double most = Arrays.stream(all).max().getAsDouble();
        double least = Arrays.stream(all).min().getAsDouble();
        return (most - least) / median(samples);
    }
}
