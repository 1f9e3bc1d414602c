package io.sessionfilter.bench.cluster;

import io.sessionfilter.testkit.MemcachedTraffic;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What one variant did for a moment under load.
 *
 * @param latencies of its requests, in nanoseconds
 * @param cpuNanos of its app node
 * @param traffic of all memcached nodes
 * @param nanos how long it lasted
 */
record Round(Histogram latencies, long cpuNanos, MemcachedTraffic traffic, long nanos) {
    long requests() {
        return latencies.getTotalCount();
    }

    double cpuMicrosPerRequest() {
        return cpuNanos / 1000.0 / requests();
    }

    double requestsPerSecond() {
        return requests() * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
    }

    double perRequest(long count) {
        return count / (double) requests();
    }

    double latencyMicros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1000.0;
    }
}
