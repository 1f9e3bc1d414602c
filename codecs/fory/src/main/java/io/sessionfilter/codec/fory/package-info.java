/**
 * Session attributes by Apache Fory: {@code codec=fory}. In its compatible mode, so that classes may gain and lose fields, and with
 * Java serialization for whatever its author has written for it.
 */
@NullMarked
package io.sessionfilter.codec.fory;

import org.jspecify.annotations.NullMarked;
