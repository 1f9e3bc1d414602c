package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.servlet.listener.SessionListeners;
import io.sessionfilter.internal.session.SessionManager;
import jakarta.servlet.ServletContext;

/**
 * What all requests of one filter share.
 *
 * @param requestAttribute where the state of a request is kept: a name that no other filter has, so that it identifies the filter too
 * @param sessions the heart
 * @param listeners of the web application
 * @param servletContext of the web application
 * @param cookie what the session cookie looks like
 * @param ignored requests that do not count as an access
 * @param locked requests that have their session to themselves
 * @param idsInCookies whether the application's effective session tracking modes have cookies
 * @param idsInUrls whether they have URLs
 * @param rejecting whether a request fails whose session cannot be stored, or be found out about
 * @param maxInactiveInterval the timeout of new sessions in seconds; 0 and below: never
 */
record FilterContext(
        String requestAttribute,
        SessionManager sessions,
        SessionListeners listeners,
        ServletContext servletContext,
        SessionCookie cookie,
        RequestPattern ignored,
        RequestPattern locked,
        boolean idsInCookies,
        boolean idsInUrls,
        boolean rejecting,
        int maxInactiveInterval) {}
