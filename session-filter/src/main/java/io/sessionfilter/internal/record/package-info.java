/**
 * The bytes of one session as they are stored: a header, and one segment per attribute. Imports {@code java} and LZ4 only.
 */
@NullMarked
package io.sessionfilter.internal.record;

import org.jspecify.annotations.NullMarked;
