package io.sessionfilter.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sessionfilter.testkit.MemcachedTraffic;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private final Findings findings = new Findings();

    /** A hundred requests within a second, of so much CPU each. */
    private static Round round(long cpuMicros) {
        Histogram latencies = new Histogram(3);
        latencies.recordValueWithCount(500_000, 100);
        MemcachedTraffic traffic = new MemcachedTraffic(0, 100, 200, 5_000, 3_000);
        return new Round(
                latencies, TimeUnit.MICROSECONDS.toNanos(100 * cpuMicros), traffic, TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void ratioComparesRoundsThatWereRunTogether() {
        // A busy moment makes both rounds dear: the ratio stays what it is.
        findings.add(Variant.PLAIN, round(50));
        findings.add(Variant.STICKY_ONE, round(75));
        findings.add(Variant.PLAIN, round(500));
        findings.add(Variant.STICKY_ONE, round(750));
        findings.add(Variant.PLAIN, round(60));
        findings.add(Variant.STICKY_ONE, round(90));

        assertThat(findings.cpuRatio(Variant.STICKY_ONE)).isCloseTo(1.5, within(1e-9));
        assertThat(findings.cpuRatioSpread(Variant.STICKY_ONE)).isCloseTo(0, within(1e-9));
    }

    @Test
    void whatWasNotMeasuredIsUnknown() {
        findings.add(Variant.PLAIN, round(50));

        assertThat(findings.cpuRatio(Variant.STICKY_TWO)).isNaN();
        assertThat(findings.median(Variant.STICKY_TWO, Round::cpuMicrosPerRequest))
                .isNaN();
        assertThat(findings.most(Variant.STICKY_TWO, Round::cpuMicrosPerRequest))
                .isNaN();
    }

    @Test
    void figuresAreForEachRequest() {
        Round round = round(50);

        assertThat(round.cpuMicrosPerRequest()).isEqualTo(50);
        assertThat(round.requestsPerSecond()).isEqualTo(100);
        assertThat(round.perRequest(round.traffic().sets())).isEqualTo(2);
        assertThat(round.perRequest(round.traffic().bytesRead())).isEqualTo(50);
        assertThat(round.latencyMicros(50)).isCloseTo(500, within(1.0));
    }
}
