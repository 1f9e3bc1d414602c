package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * In place of the library's filter: no request has a session, and one that asks for a new one gets an object that
 * forgets all it is told. There is no cookie, no requested id is valid, and the container's own session is out of reach.
 */
public final class ForgetfulSessionsFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletResponse plainUrls = new PlainUrls(response);
        chain.doFilter(new SessionlessRequest(request, plainUrls), plainUrls);
    }

    private static final class SessionlessRequest extends HttpServletRequestWrapper {
        private final HttpServletResponse response;

        SessionlessRequest(HttpServletRequest request, HttpServletResponse response) {
            super(request);
            this.response = response;
        }

        @Override
        public HttpSession getSession() {
            return new ForgetfulSession(getServletContext(), UUID.randomUUID().toString());
        }

        @Override
        public @Nullable HttpSession getSession(boolean create) {
            return create ? getSession() : null;
        }

        @Override
        public String changeSessionId() {
            throw new IllegalStateException("there is no session");
        }

        @Override
        public @Nullable String getRequestedSessionId() {
            return null;
        }

        @Override
        public boolean isRequestedSessionIdValid() {
            return false;
        }

        @Override
        public boolean isRequestedSessionIdFromCookie() {
            return false;
        }

        @Override
        public boolean isRequestedSessionIdFromURL() {
            return false;
        }

        /** Not with the container's own request, which has the container's session. */
        @Override
        public AsyncContext startAsync() {
            return startAsync(this, response);
        }
    }

    private static final class PlainUrls extends HttpServletResponseWrapper {
        PlainUrls(HttpServletResponse response) {
            super(response);
        }

        @Override
        public String encodeURL(String url) {
            return url;
        }

        @Override
        public String encodeRedirectURL(String url) {
            return url;
        }
    }
}
