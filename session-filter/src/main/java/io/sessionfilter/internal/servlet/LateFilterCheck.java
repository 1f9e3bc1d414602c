package io.sessionfilter.internal.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once if a filter before us wraps requests: it works on a request that has another session than the application's. Sessions of the
 * container are {@link ContainerSessionWatch}'s matter; where there is none, a session that the first request comes with is reported here.
 */
final class LateFilterCheck {
    private static final Logger log = LoggerFactory.getLogger(LateFilterCheck.class);

    private final ServletContext context;
    private final AtomicBoolean wrapperReported = new AtomicBoolean();
    private final AtomicBoolean firstRequestSeen = new AtomicBoolean();

    LateFilterCheck(ServletContext context) {
        this.context = context;
    }

    void check(HttpServletRequest request) {
        if (request instanceof HttpServletRequestWrapper
                && !wrapperReported.get()
                && !wrapperReported.getAndSet(true)) {
            log.warn(
                    "A request came wrapped in a {}: a filter before SessionFilter works on it, and does not see the session"
                            + " that the application sees. Put SessionFilter's filter-mapping before all others in web.xml.",
                    request.getClass().getName());
        }
        if (!firstRequestSeen.get() && !firstRequestSeen.getAndSet(true)) {
            checkSession(request);
        }
    }

    private void checkSession(HttpServletRequest request) {
        if (ContainerSessionWatch.isWatched(context)) {
            return;
        }
        HttpSession session = request.getSession(false);
        if (session != null) {
            log.warn(
                    "The first request came with a session of the container ({}): a listener or filter before SessionFilter, or"
                            + " container managed login, has created one, which the application does not see.",
                    session.getClass().getName());
        }
    }
}
