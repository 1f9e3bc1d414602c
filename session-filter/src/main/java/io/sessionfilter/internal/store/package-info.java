/**
 * Where the copies of a session live and how they are read and written, over {@link
 * io.sessionfilter.internal.store.MemcachedNode}, the few operations of one memcached node. May import {@code record},
 * {@code metrics}, {@code time}.
 */
@NullMarked
package io.sessionfilter.internal.store;

import org.jspecify.annotations.NullMarked;
