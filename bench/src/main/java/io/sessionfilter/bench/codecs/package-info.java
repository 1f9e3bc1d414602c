/** What codecs cost and what they promise: start at {@link io.sessionfilter.bench.codecs.CodecReport}. */
@NullMarked
package io.sessionfilter.bench.codecs;

import org.jspecify.annotations.NullMarked;
