package io.sessionfilter.internal.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests do not count as an access of their session, as memcached-session-manager defined it: the pattern must match the whole of
 * {@code METHOD URI[?query]}; the query of a {@code POST} is left out. A session id in the URI is removed first, so that a pattern such as
 * {@code .*\.png} means what it says for clients without cookies too.
 */
final class IgnoredRequests {
    private final @Nullable Pattern pattern;
    private final String urlParameter;

    IgnoredRequests(@Nullable Pattern pattern, String urlParameter) {
        this.pattern = pattern;
        this.urlParameter = urlParameter;
    }

    boolean contain(HttpServletRequest request) {
        if (pattern == null) {
            return false;
        }
        StringBuilder text = new StringBuilder(64)
                .append(request.getMethod())
                .append(' ')
                .append(PathParameter.remove(request.getRequestURI(), urlParameter));
        String query = request.getQueryString();
        if (query != null && !request.getMethod().equals("POST")) {
            text.append('?').append(query);
        }
        return pattern.matcher(text).matches();
    }
}
