package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.config.CookieSecure;
import io.sessionfilter.internal.config.StoreFailurePolicy;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings that concern what clients and containers see. Public for the root package, which makes it from the configuration.
 *
 * @param cookieHttpOnly whether scripts in the browser are kept from the session cookie
 * @param cookieSecure when the session cookie is sent over secure connections only
 * @param ignoredRequests requests that do not count as an access of their session; {@code null}: all requests count
 * @param listeners names of classes of session listeners, beside those that are found
 * @param storeFailurePolicy what becomes of a request whose session cannot be stored
 * @param lockedRequests requests that have their session to themselves; {@code null}: none
 */
public record ServletSettings(
        boolean cookieHttpOnly,
        CookieSecure cookieSecure,
        @Nullable Pattern ignoredRequests,
        List<String> listeners,
        StoreFailurePolicy storeFailurePolicy,
        @Nullable Pattern lockedRequests) {
    public ServletSettings {
        listeners = List.copyOf(listeners);
    }

    /** With no more listeners than those that are found, and no request that fails for its session or has it to itself. */
    public ServletSettings(boolean cookieHttpOnly, CookieSecure cookieSecure, @Nullable Pattern ignoredRequests) {
        this(cookieHttpOnly, cookieSecure, ignoredRequests, List.of(), StoreFailurePolicy.LOCAL, null);
    }
}
