package io.sessionfilter.internal.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Some of the requests, told apart as memcached-session-manager defined it: the pattern must match the whole of {@code METHOD URI[?query]}; the
 * query of a {@code POST} is left out. A session id in the URI is removed first, so that a pattern such as {@code .*\.png} means what it says for
 * clients without cookies too.
 */
final class RequestPattern {
    private final @Nullable Pattern pattern;
    private final String urlParameter;

    /**
     * @param pattern {@code null}: of no request
     * @param urlParameter the one that has a session id
     */
    RequestPattern(@Nullable Pattern pattern, String urlParameter) {
        this.pattern = pattern;
        this.urlParameter = urlParameter;
    }

    boolean matches(HttpServletRequest request) {
        return pattern != null && matches(pattern, request, uri(request));
    }

    /** As {@link #matches}, or if the URI alone does. */
    boolean matchesUriOr(HttpServletRequest request) {
        if (pattern == null) {
            return false;
        }
        String uri = uri(request);
        return pattern.matcher(uri).matches() || matches(pattern, request, uri);
    }

    private String uri(HttpServletRequest request) {
        return PathParameter.remove(request.getRequestURI(), urlParameter);
    }

    private static boolean matches(Pattern pattern, HttpServletRequest request, String uri) {
        StringBuilder text =
                new StringBuilder(64).append(request.getMethod()).append(' ').append(uri);
        String query = request.getQueryString();
        if (query != null && !request.getMethod().equals("POST")) {
            text.append('?').append(query);
        }
        return pattern.matcher(text).matches();
    }
}
