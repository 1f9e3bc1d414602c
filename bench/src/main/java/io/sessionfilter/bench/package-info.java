/** Benchmarks of session-filter. {@link io.sessionfilter.bench.Bench} is what {@code bench.sh} starts. */
@NullMarked
package io.sessionfilter.bench;

import org.jspecify.annotations.NullMarked;
