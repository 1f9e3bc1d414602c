/**
 * The interface between session-filter and a serializer of session attributes. Imports nothing but {@code java}.
 */
@NullMarked
package io.sessionfilter.codec;

import org.jspecify.annotations.NullMarked;
