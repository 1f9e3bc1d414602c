/**
 * The codec of the JDK, which is the default, and the rule of which classes a session may hold. May import the public {@code codec}
 * package.
 */
@NullMarked
package io.sessionfilter.internal.codec;

import org.jspecify.annotations.NullMarked;
