package io.sessionfilter.internal.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the response of one request carries exactly one session cookie, the right one, or none.
 *
 * <p>It is written at once and not when the response commits, as all containers do with theirs: nobody can tell reliably from outside
 * when a response commits. The price is that a later change must replace it, for which containers offer two ways: those that show
 * cookies as {@code Set-Cookie} headers let us rewrite the headers; the others keep cookies apart, and replace one of the same name and
 * path by themselves. The two ways must never be mixed in one response.
 *
 * <p>Threads of one request share it: each call is made with the {@link #lock} held.
 */
final class CookieWriter {
    private static final String SET_COOKIE = "Set-Cookie";

    /** Held while a cookie is chosen and put into the headers; nothing else happens meanwhile. */
    final ReentrantLock lock = new ReentrantLock();

    private final SessionCookie cookie;
    private HttpServletRequest request;
    private HttpServletResponse response;
    /** What was written last; empty: the expired one. */
    private @Nullable String written;

    private boolean shown;
    private boolean writtenInInclude;

    CookieWriter(SessionCookie cookie, HttpServletRequest request, HttpServletResponse response) {
        this.cookie = cookie;
        this.request = request;
        this.response = response;
    }

    /** Writes to another response from now on: that of an error page or of an asynchronous dispatch. */
    void moveTo(HttpServletRequest nextRequest, HttpServletResponse nextResponse) {
        request = nextRequest;
        response = nextResponse;
    }

    /**
     * Tells the client its session id, if it does not know it yet.
     *
     * @param sent what it has sent; {@code null}: nothing
     */
    void send(String id, @Nullable String sent) {
        if (!id.equals(written != null ? written : sent)) {
            write(id);
        }
    }

    /**
     * Makes the client forget its session id.
     *
     * @param clientHasCookie whether it has sent one as a cookie
     */
    void expire(boolean clientHasCookie) {
        if (clientHasCookie || written != null) {
            write("");
        }
    }

    /** Writes the cookie again if it got lost since: by a reset, by an include that may not set headers, by the application's own headers. */
    void ensure() {
        String value = written;
        if (value != null && isLost(value)) {
            write(value);
        }
    }

    /** Writes the cookie again after the response was reset. Containers that keep cookies apart kept it, and replace it. */
    void again() {
        String value = written;
        if (value != null && !isShown(value)) {
            write(value);
        }
    }

    private boolean isLost(String value) {
        if (shown) {
            return !isShown(value);
        }
        return writtenInInclude && request.getDispatcherType() != DispatcherType.INCLUDE;
    }

    private void write(String value) {
        String previous = written;
        response.addCookie(cookie.with(value, request.isSecure()));
        written = value;
        writtenInInclude = request.getDispatcherType() == DispatcherType.INCLUDE;
        shown = isShown(value);
        if (shown && (previous != null || !cookie.others().isEmpty())) {
            rewrite(previous == null || previous.equals(value) ? null : previous, value);
        }
    }

    /** Drops the previous cookie from the headers, and completes the new one. Leaves all others as they are. */
    private void rewrite(@Nullable String previous, String value) {
        List<String> headers = new ArrayList<>(response.getHeaders(SET_COOKIE));
        List<String> rewritten = new ArrayList<>(headers.size());
        for (String header : headers) {
            if (previous == null || !cookie.isIn(header, previous)) {
                rewritten.add(cookie.isIn(header, value) ? cookie.complete(header) : header);
            }
        }
        if (!rewritten.equals(headers)) {
            response.setHeader(SET_COOKIE, rewritten.get(0));
            rewritten.stream().skip(1).forEach(header -> response.addHeader(SET_COOKIE, header));
        }
    }

    private boolean isShown(String value) {
        for (String header : response.getHeaders(SET_COOKIE)) {
            if (cookie.isIn(header, value)) {
                return true;
            }
        }
        return false;
    }
}
