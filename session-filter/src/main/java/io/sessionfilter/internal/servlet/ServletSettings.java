package io.sessionfilter.internal.servlet;

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
        @Nullable Pattern ignoredRequests) {

    /** When the session cookie carries {@code Secure}. */
    public enum CookieSecure {
        /** When the application's cookie configuration says so, or the request that creates the cookie is secure. */
        AUTO,
        /** Always. */
        ALWAYS,
        /** Never, whatever else says so. */
        NEVER
    }
}
