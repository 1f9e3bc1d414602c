/**
 * The interface between session-filter and a serializer of session attributes: an {@link io.sessionfilter.codec.AttributeCodec}, made by an
 * {@link io.sessionfilter.codec.AttributeCodecProvider}; {@link io.sessionfilter.codec.PooledCodec} is where most start. Imports nothing
 * but {@code java}.
 */
@NullMarked
package io.sessionfilter.codec;

import org.jspecify.annotations.NullMarked;
