/**
 * Session attributes by Kryo: {@code codec=kryo}. Kryo brings references, class names and simple values; what it leaves to chance for
 * sessions is ours: beans field by field with their names, enums by name, collections within bounds, and Java serialization for
 * whatever its author has written for it.
 */
@NullMarked
package io.sessionfilter.codec.kryo;

import org.jspecify.annotations.NullMarked;
