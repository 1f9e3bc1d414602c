package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.sun.management.ThreadMXBean;
import io.sessionfilter.internal.config.CookieSecure;
import io.sessionfilter.internal.servlet.listener.SessionListeners;
import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.session.SessionManager;
import io.sessionfilter.internal.session.SessionUse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a request costs that never asks for its session. */
class UntouchedRequestTest {
    private static final int REQUESTS = 10_000;
    private static final int MOST_BYTES = 390;

    private final ServletContext context = mock();

    UntouchedRequestTest() {
        SessionCookieConfig cookieConfig = mock();
        when(context.getSessionCookieConfig()).thenReturn(cookieConfig);
        when(context.getContextPath()).thenReturn("/app");
        when(context.getEffectiveSessionTrackingModes())
                .thenReturn(Set.of(SessionTrackingMode.COOKIE, SessionTrackingMode.URL));
    }

    @Test
    void requestThatNeverAsksForItsSessionAllocatesLittle() throws Exception {
        SessionDispatch dispatch = SessionDispatch.over(
                new EmptySessions(),
                new SessionListeners(List.of()),
                context,
                "JSESSIONID",
                new ServletSettings(true, CookieSecure.AUTO, null));
        Request request = new Request(mock());
        HttpServletResponse response = new HttpServletResponseWrapper(mock());
        FilterChain chain = (incoming, outgoing) -> {};
        long least = Long.MAX_VALUE;
        // The first rounds load classes; the least of several is what a request really costs, compiled or not.
        for (int round = 0; round < 5; round++) {
            least = Math.min(least, bytesPerRequest(dispatch, request, response, chain));
        }

        assertThat(least).isBetween(1L, (long) MOST_BYTES);
    }

    private static long bytesPerRequest(
            SessionDispatch dispatch, Request request, HttpServletResponse response, FilterChain chain)
            throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < REQUESTS; i++) {
            request.state = null;
            dispatch.doFilter(request, response, chain);
        }
        return (threads.getThreadAllocatedBytes(thread) - before) / REQUESTS;
    }

    /** A request of the container, as cheap as can be: what is measured is ours. */
    private static final class Request extends HttpServletRequestWrapper {
        private final Cookie[] cookies = {
            new Cookie("other", "1"), new Cookie("JSESSIONID", "AAAAAAAAAAAAAAAAAAAAAAAA-n1.jvm1")
        };
        private @Nullable Object state;

        Request(HttpServletRequest request) {
            super(request);
        }

        @Override
        public DispatcherType getDispatcherType() {
            return DispatcherType.REQUEST;
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return state;
        }

        @Override
        public void setAttribute(String name, @Nullable Object value) {
            state = value;
        }

        @Override
        public Cookie[] getCookies() {
            return cookies;
        }

        @Override
        public String getRequestURI() {
            return "/app/some/page";
        }

        @Override
        public boolean isRequestedSessionIdFromURL() {
            return false;
        }

        @Override
        public boolean isAsyncStarted() {
            return false;
        }
    }

    /** Knows all sessions, and keeps them alive. */
    private static final class EmptySessions implements SessionManager {
        @Override
        public Opened open(SessionId id) {
            throw new AssertionError("a request that does not ask");
        }

        @Override
        public SessionUse create(int maxInactiveInterval) {
            throw new AssertionError("a request that does not ask");
        }

        @Override
        public boolean keepAlive(String key) {
            return true;
        }

        @Override
        public void close() {}
    }
}
