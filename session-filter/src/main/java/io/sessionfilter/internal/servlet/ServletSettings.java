package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.config.CookieSecure;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings that concern what clients and containers see. Public for the root package, which makes it from the configuration.
 *
 * @param cookieHttpOnly whether scripts in the browser are kept from the session cookie
 * @param cookieSecure when the session cookie is sent over secure connections only
 * @param ignoredRequests requests that do not count as an access of their session; {@code null}: all requests count
 */
public record ServletSettings(
        boolean cookieHttpOnly,
        CookieSecure cookieSecure,
        @Nullable Pattern ignoredRequests) {}
