package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sessionfilter.internal.config.CookieSecure;
import io.sessionfilter.internal.servlet.listener.SessionListeners;
import io.sessionfilter.internal.session.SessionManager;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A container may refuse to read cookies that a client has made up, and throws when asked for them, as Jetty does. */
class MalformedCookieTest {
    private final HttpServletRequest request = mock();
    private final SessionDispatch dispatch;

    MalformedCookieTest() {
        ServletContext context = mock();
        SessionCookieConfig cookieConfig = mock();
        when(context.getSessionCookieConfig()).thenReturn(cookieConfig);
        when(context.getContextPath()).thenReturn("/app");
        when(context.getEffectiveSessionTrackingModes()).thenReturn(Set.of());
        when(request.getDispatcherType()).thenReturn(DispatcherType.REQUEST);
        when(request.getRequestURI()).thenReturn("/app/page");
        when(request.getCookies()).thenThrow(new IllegalArgumentException("a control character"));
        dispatch = SessionDispatch.over(
                mock(SessionManager.class),
                new SessionListeners(List.of()),
                context,
                "JSESSIONID",
                new ServletSettings(true, CookieSecure.AUTO, null));
    }

    @Test
    void whoAsksForTheSessionIsTold() {
        assertThatThrownBy(() -> dispatch.doFilter(request, mock(HttpServletResponse.class), (incoming, outgoing) -> {
                    ((HttpServletRequest) incoming).getSession();
                }))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoDoesNotAskIsServedAndNothingIsLogged() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(RequestState.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        boolean[] served = new boolean[1];
        try {
            dispatch.doFilter(request, mock(HttpServletResponse.class), (incoming, outgoing) -> served[0] = true);
        } finally {
            logger.detachAppender(appender);
        }

        assertThat(served[0]).isTrue();
        assertThat(appender.list).isEmpty();
    }
}
