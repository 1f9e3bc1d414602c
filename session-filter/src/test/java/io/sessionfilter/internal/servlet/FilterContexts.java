package io.sessionfilter.internal.servlet;

import static org.mockito.Mockito.mock;

import io.sessionfilter.internal.config.CookieSecure;
import io.sessionfilter.internal.servlet.listener.SessionListeners;
import io.sessionfilter.internal.session.SessionManager;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Map;

/**
 * Real ones, with nothing behind them. A mock of a class, unlike one of an interface, changes the class itself for the rest of the JVM's life:
 * its methods allocate from then on, which {@link UntouchedRequestTest} would count.
 */
final class FilterContexts {
    private FilterContexts() {}

    static FilterContext bare() {
        return new FilterContext(
                "request",
                mock(SessionManager.class),
                new SessionListeners(List.of()),
                mock(ServletContext.class),
                new SessionCookie("JSESSIONID", "/", null, -1, CookieSecure.AUTO, true, Map.of()),
                new RequestPattern(null, "jsessionid"),
                new RequestPattern(null, "jsessionid"),
                false,
                true,
                false,
                0);
    }
}
