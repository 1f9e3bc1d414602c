/**
 * Session attributes by Apache Fory: {@code codec=fory}. Fory brings references, the JDK's values, collections and maps; what it leaves to
 * chance for sessions is ours: beans field by field with their names, what cannot be read is refused when it is written, and Java
 * serialization for whatever its author has written for it.
 */
@NullMarked
package io.sessionfilter.codec.fory;

import org.jspecify.annotations.NullMarked;
