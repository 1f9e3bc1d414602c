/**
 * What the application sees: request, response and session views, cookies and ids in URLs, and what is asked of a container.
 * Only here and in the root package is {@code jakarta.servlet} imported. May import {@code listener}, {@code session}, {@code config},
 * {@code metrics}.
 */
@NullMarked
package io.sessionfilter.internal.servlet;

import org.jspecify.annotations.NullMarked;
