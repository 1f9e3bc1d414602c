/** App nodes under load by HTTP: start at {@link io.sessionfilter.bench.cluster.ClusterBenchmark}. */
@NullMarked
package io.sessionfilter.bench.cluster;

import org.jspecify.annotations.NullMarked;
