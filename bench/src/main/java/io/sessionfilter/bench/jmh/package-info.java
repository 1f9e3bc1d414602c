/** The benchmarks by JMH, in one process: start at {@link io.sessionfilter.bench.jmh.RequestReport} and {@link io.sessionfilter.bench.jmh.StoreReport}. Those of codecs are in a package of their own. */
@NullMarked
package io.sessionfilter.bench.jmh;

import org.jspecify.annotations.NullMarked;
