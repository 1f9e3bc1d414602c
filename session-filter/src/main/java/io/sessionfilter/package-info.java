/**
 * HTTP sessions in memcached, for any servlet container: start at {@link io.sessionfilter.SessionFilter}.
 *
 * <p>What an application may touch is here and in {@link io.sessionfilter.codec}; all else is internal and may change with any
 * release. This package wires the internal ones together, and may import them all.
 */
@NullMarked
package io.sessionfilter;

import org.jspecify.annotations.NullMarked;
