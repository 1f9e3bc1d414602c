package io.sessionfilter.internal.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.PushBuilder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The request as the application sees it: its session is ours. */
final class SessionRequest extends HttpServletRequestWrapper {
    private final RequestState state;
    private final HttpServletResponse response;

    /**
     * Wraps a request.
     *
     * @param response our wrapper of its response, which an asynchronous continuation gets too
     */
    SessionRequest(HttpServletRequest request, HttpServletResponse response, RequestState state) {
        super(request);
        this.response = response;
        this.state = state;
    }

    /** Looks through a chain of wrappers for one of ours; those that are not HTTP wrappers are looked through as well. */
    static @Nullable SessionRequest in(ServletRequest request, FilterContext filter) {
        ServletRequest current = request;
        while (current instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof SessionRequest ours && ours.state.isOf(filter)) {
                return ours;
            }
            current = wrapper.getRequest();
        }
        return null;
    }

    RequestState state() {
        return state;
    }

    @Override
    public HttpSession getSession() {
        return state.getSession();
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return create ? state.getSession() : state.findSession();
    }

    @Override
    public String changeSessionId() {
        return state.changeSessionId();
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return state.requestedSessionId();
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return state.isRequestedSessionIdValid();
    }

    @Override
    public boolean isRequestedSessionIdFromCookie() {
        return state.isRequestedSessionIdFromCookie();
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        return state.isRequestedSessionIdFromUrl();
    }

    /** Hands on our wrappers; by itself the container would hand on its own objects, whose session is not ours. */
    @Override
    public AsyncContext startAsync() {
        Object before = getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
        String path = pathWithinForward(before instanceof String uri ? uri : getRequestURI());
        return state.asyncContext(super.startAsync(this, response)).started(true, path);
    }

    @Override
    public AsyncContext startAsync(ServletRequest servletRequest, ServletResponse servletResponse) {
        boolean original = servletRequest == this && servletResponse == response;
        String path = servletRequest instanceof HttpServletRequest request
                ? pathWithinForward(request.getRequestURI())
                : null;
        return state.asyncContext(super.startAsync(servletRequest, servletResponse))
                .started(original, path);
    }

    /** The path of a URI within the web application, if we are within a forward that has changed what this wrapper wraps, as Tomcat does. */
    private @Nullable String pathWithinForward(String uri) {
        String context = getContextPath();
        return getDispatcherType() == DispatcherType.FORWARD && uri.startsWith(context + '/')
                ? uri.substring(context.length())
                : null;
    }

    @Override
    public AsyncContext getAsyncContext() {
        return state.asyncContext(super.getAsyncContext());
    }

    /** The pushed request carries our session, not the container's. */
    @Override
    @SuppressWarnings(
            "deprecation") // deprecated by Servlet 6.1 with nothing in its place; containers may still offer it
    public @Nullable PushBuilder newPushBuilder() {
        PushBuilder builder = super.newPushBuilder();
        return builder == null ? null : state.addSessionTo(builder);
    }

    /** The response goes out with the switch of protocols. */
    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handlerClass) throws IOException, ServletException {
        state.commitBeforeResponse();
        return super.upgrade(handlerClass);
    }
}
