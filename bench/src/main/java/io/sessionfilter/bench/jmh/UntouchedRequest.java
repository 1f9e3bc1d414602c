package io.sessionfilter.bench.jmh;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A request as cheap as can be, with a session cookie: what it costs to send it through the filter is ours alone. */
final class UntouchedRequest extends HttpServletRequestWrapper {
    private final Cookie[] cookies;
    private @Nullable Object state;

    /**
     * Makes one.
     *
     * @param cookie name, equals sign, value
     */
    UntouchedRequest(String cookie) {
        super(nothing(HttpServletRequest.class));
        int equals = cookie.indexOf('=');
        cookies = new Cookie[] {new Cookie(cookie.substring(0, equals), cookie.substring(equals + 1))};
    }

    /** Its response, which nobody writes to. */
    static HttpServletResponse response() {
        return new HttpServletResponseWrapper(nothing(HttpServletResponse.class));
    }

    private static <T> T nothing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                UntouchedRequest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException("an untouched request asks for " + method.getName());
                }));
    }

    /** As a container does before it uses the object for the next request. */
    void recycle() {
        state = null;
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
    @SuppressWarnings("EI_EXPOSE_REP") // as containers do: a copy would be counted as ours
    public Cookie[] getCookies() {
        return cookies;
    }

    @Override
    public String getRequestURI() {
        return "/some/page";
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
