package io.sessionfilter.internal.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once, on the first request, if something came before us that may have got hold of the container's session. */
final class LateFilterCheck {
    private static final Logger log = LoggerFactory.getLogger(LateFilterCheck.class);

    private final AtomicBoolean done = new AtomicBoolean();

    void check(HttpServletRequest request) {
        if (done.get() || done.getAndSet(true)) {
            return;
        }
        if (request instanceof HttpServletRequestWrapper) {
            log.warn(
                    "The first request came wrapped in a {}: a filter before SessionFilter works on the request, and does not see the session"
                            + " that the application sees. Put SessionFilter's filter-mapping before all others in web.xml.",
                    request.getClass().getName());
        } else if (request.getSession(false) != null) {
            log.warn(
                    "The first request came with a session of the container ({}): a listener or filter before SessionFilter, or container"
                            + " managed login, has created one, which the application does not see.",
                    request.getSession(false).getClass().getName());
        }
    }
}
