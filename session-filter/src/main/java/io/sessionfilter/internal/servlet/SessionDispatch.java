package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.config.StoreFailurePolicy;
import io.sessionfilter.internal.servlet.listener.SessionListeners;
import io.sessionfilter.internal.session.SessionManager;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a request through the filter: wraps it if it is not wrapped yet, lets the application work, and commits at the end.
 *
 * <p>Whether a request is wrapped is read from its chain of wrappers, since containers unwrap it for error pages and for asynchronous
 * dispatches. What is known about it is kept in a request attribute whose name no other filter has: neither one of this web application
 * that is configured differently, nor one of another that a request is dispatched to, whose classes may be those of another class loader.
 */
public final class SessionDispatch {
    private final FilterContext filter;
    private final LateFilterCheck lateFilterCheck;

    private SessionDispatch(FilterContext filter) {
        this.filter = filter;
        this.lateFilterCheck = new LateFilterCheck(filter.servletContext());
    }

    /**
     * Reads what the application has configured of its sessions. To be called when the filter starts: until then, listeners may change it.
     *
     * @param listeners of the application; told of its sessions from now on
     * @param cookieName the name of our session cookie
     */
    public static SessionDispatch over(
            SessionManager sessions,
            SessionListeners listeners,
            ServletContext context,
            String cookieName,
            ServletSettings settings) {
        SessionCookie cookie = SessionCookie.of(context, cookieName, settings);
        Set<SessionTrackingMode> modes = context.getEffectiveSessionTrackingModes();
        FilterContext filter = new FilterContext(
                "io.sessionfilter.request." + UUID.randomUUID(),
                sessions,
                listeners,
                context,
                cookie,
                new RequestPattern(settings.ignoredRequests(), cookie.urlParameter()),
                new RequestPattern(settings.lockedRequests(), cookie.urlParameter()),
                modes == null || modes.contains(SessionTrackingMode.COOKIE),
                modes != null && modes.contains(SessionTrackingMode.URL),
                settings.storeFailurePolicy() == StoreFailurePolicy.REJECT,
                (int) Math.min(Integer.MAX_VALUE, TimeUnit.MINUTES.toSeconds(context.getSessionTimeout())));
        listeners.showBy(use -> SessionViews.of(use, filter, SessionScope.OF_LISTENERS));
        SessionAccess.publish(filter);
        return new SessionDispatch(filter);
    }

    /** The filter stops: its sessions can no longer be found from outside of requests. */
    public void close() {
        SessionAccess.withdraw(filter);
    }

    /**
     * Does what {@link jakarta.servlet.Filter#doFilter} does.
     *
     * @throws IOException of the application; never one of ours
     * @throws ServletException of the application; never one of ours
     */
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest httpRequest && response instanceof HttpServletResponse httpResponse) {
            doFilter(httpRequest, httpResponse, chain);
        } else {
            doFilterOfOthers(request, response, chain);
        }
    }

    /** Applications may dispatch wrappers that are not HTTP ones; some containers send the response when such a dispatch returns, too. */
    private void doFilterOfOthers(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } finally {
            SessionRequest wrapped = SessionRequest.in(request, filter);
            if (wrapped != null && request.getDispatcherType() != DispatcherType.INCLUDE) {
                wrapped.state().commitQuietly();
            }
        }
    }

    private void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        DispatcherType type = request.getDispatcherType();
        SessionRequest wrapped = SessionRequest.in(request, filter);
        RequestState state = wrapped != null ? wrapped.state() : stateOf(request, response, type);
        SessionResponse ours = SessionResponse.in(response, state);
        HttpServletResponse outgoing = ours != null ? response : new SessionResponse(response, state);
        HttpServletRequest incoming = request;
        if (wrapped == null) {
            SessionRequest wrapper = new SessionRequest(request, outgoing, state);
            state.wrapped(wrapper);
            incoming = wrapper;
        }
        state.enter();
        try {
            chain.doFilter(incoming, outgoing);
        } catch (IOException | ServletException | RuntimeException e) {
            if (!state.isRefused(e)) {
                throw e;
            }
        } finally {
            state.exit(type != DispatcherType.INCLUDE);
        }
    }

    private RequestState stateOf(
            HttpServletRequest request, HttpServletResponse response, @Nullable DispatcherType type) {
        if (request.getAttribute(filter.requestAttribute()) instanceof RequestState state && state.isOf(filter)) {
            state.moveTo(request, response);
            return state;
        }
        if (type == DispatcherType.REQUEST) {
            lateFilterCheck.check(request);
        }
        RequestState state = new RequestState(filter, request, response);
        request.setAttribute(filter.requestAttribute(), state);
        return state;
    }
}
