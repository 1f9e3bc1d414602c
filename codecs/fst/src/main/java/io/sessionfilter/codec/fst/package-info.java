/**
 * Session attributes by FST: {@code codec=fst}. FST brings references, class names and the fields of beans. All that it does by opening
 * the JDK's own classes, which no JVM of today lets it, is done here without: values, arrays and collections of the JDK, enums by name,
 * and Java serialization for whatever its author has written for it. What FST leaves to luck is made certain: the shape of every class is
 * stored with it, and a class that has changed is refused.
 */
@NullMarked
package io.sessionfilter.codec.fst;

import org.jspecify.annotations.NullMarked;
