/** What a benchmark has found, as a table on the terminal, a page with charts, and JSON. Knows nothing of what was measured: start at {@link io.sessionfilter.bench.report.Report}. */
@NullMarked
package io.sessionfilter.bench.report;

import org.jspecify.annotations.NullMarked;
