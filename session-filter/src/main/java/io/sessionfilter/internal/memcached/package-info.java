/**
 * {@link io.sessionfilter.internal.store.MemcachedNode} over xmemcached with memcached's meta commands: the only package that imports
 * xmemcached. May import {@code store}, {@code time}.
 */
@NullMarked
package io.sessionfilter.internal.memcached;

import org.jspecify.annotations.NullMarked;
