package io.sessionfilter.bench.cluster;

import io.sessionfilter.bench.measure.Samples;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** All rounds of one mix of requests, by variant, in the order in which they were run: the n-th of each belong together. */
final class Findings {
    private final Map<Variant, List<Round>> rounds = new EnumMap<>(Variant.class);

    void add(Variant variant, Round round) {
        rounds.computeIfAbsent(variant, v -> new ArrayList<>()).add(round);
    }

    private List<Round> of(Variant variant) {
        return rounds.getOrDefault(variant, List.of());
    }

    double median(Variant variant, ToDoubleFunction<Round> figure) {
        return Samples.median(of(variant).stream().mapToDouble(figure).boxed().toList());
    }

    double most(Variant variant, ToDoubleFunction<Round> figure) {
        return of(variant).stream().mapToDouble(figure).max().orElse(Double.NaN);
    }

    /** CPU of a request as a multiple of the container's own: the median of what each pair of rounds says, since what disturbs one disturbs both. */
    double cpuRatio(Variant variant) {
        return Samples.median(cpuRatios(variant));
    }

    /** How far the pairs of rounds differ. */
    double cpuRatioSpread(Variant variant) {
        return Samples.spread(cpuRatios(variant));
    }

    private List<Double> cpuRatios(Variant variant) {
        List<Round> ours = of(variant);
        List<Round> plain = of(Variant.PLAIN);
        return IntStream.range(0, Math.min(ours.size(), plain.size()))
                .mapToObj(i -> ours.get(i).cpuMicrosPerRequest() / plain.get(i).cpuMicrosPerRequest())
                .toList();
    }
}
