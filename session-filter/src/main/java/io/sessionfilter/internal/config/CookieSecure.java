package io.sessionfilter.internal.config;

/** When the session cookie is marked {@code Secure}. */
public enum CookieSecure {
    /** When the request that gets it is secure, or the application's own cookie configuration says so. */
    AUTO,
    /** Always. */
    TRUE,
    /** Never. */
    FALSE
}
