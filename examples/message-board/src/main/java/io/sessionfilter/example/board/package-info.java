/**
 * A message board and a publishing back office: an ordinary web application, which happens to keep its sessions in memcached.
 *
 * <p>Nothing here knows of session-filter; {@code WEB-INF/web.xml} declares it. Start at
 * {@link io.sessionfilter.example.board.PageFilter}, which every request passes, then the servlets, one for each group of pages.
 * The pages themselves are the JSPs in {@code WEB-INF/jsp}.
 */
@NullMarked
package io.sessionfilter.example.board;

import org.jspecify.annotations.NullMarked;
