/**
 * The heart: live sessions, their attributes and ids; open, create, commit, invalidate, expire; the near-cache. Knows no servlet and
 * no memcached. May import {@code record}, {@code store}, {@code codec}, {@code metrics}, {@code time}.
 */
@NullMarked
package io.sessionfilter.internal.session;

import org.jspecify.annotations.NullMarked;
