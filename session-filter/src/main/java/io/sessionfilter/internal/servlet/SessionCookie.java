package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.config.CookieSecure;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.Cookie;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What the session cookie of one web application looks like: everything but its value. Immutable.
 *
 * @param name its name
 * @param path where it is sent to
 * @param domain {@code null}: this host only
 * @param maxAge seconds; negative: until the browser closes
 * @param secure when it carries {@code Secure}
 * @param httpOnly whether it carries {@code HttpOnly}
 * @param others all other attributes, such as {@code SameSite}; {@code Partitioned} has an empty value
 */
record SessionCookie(
        String name,
        String path,
        @Nullable String domain,
        int maxAge,
        CookieSecure secure,
        boolean httpOnly,
        Map<String, String> others) {
    static final String DEFAULT_NAME = "JSESSIONID";

    /** What the record has components for; containers differ in whether the attribute map of the configuration names them too. */
    private static final Set<String> KNOWN =
            Set.of("name", "domain", "path", "max-age", "secure", "httponly", "expires", "comment");

    /** What every container measured passes on, in {@code addCookie} as elsewhere. */
    private static final String SAME_SITE = "SameSite";

    SessionCookie {
        others = Map.copyOf(others);
    }

    /**
     * Reads the application's cookie configuration ({@code web.xml} or {@link SessionCookieConfig}).
     *
     * @param name the name, which is not always the configured one: ours is another than the container's
     */
    static SessionCookie of(ServletContext context, String name, ServletSettings settings) {
        @Nullable SessionCookieConfig config = context.getSessionCookieConfig();
        String contextPath = context.getContextPath().isEmpty() ? "/" : context.getContextPath();
        if (config == null) { // an embedded container that was told to have no sessions
            return new SessionCookie(
                    name, contextPath, null, -1, settings.cookieSecure(), settings.cookieHttpOnly(), Map.of());
        }
        Map<String, String> others = new LinkedHashMap<>();
        config.getAttributes().forEach((attribute, value) -> {
            if (!KNOWN.contains(attribute.toLowerCase(Locale.ROOT))) {
                others.put(attribute, value == null ? "" : value);
            }
        });
        CookieSecure secure = settings.cookieSecure() == CookieSecure.AUTO && config.isSecure()
                ? CookieSecure.TRUE
                : settings.cookieSecure();
        String path = config.getPath();
        return new SessionCookie(
                name,
                path != null && !path.isEmpty() ? path : contextPath,
                config.getDomain(),
                config.getMaxAge(),
                secure,
                settings.cookieHttpOnly(),
                others);
    }

    /** The name of the path parameter that carries the id in URLs: {@code jsessionid}, or the cookie's if the application has named that. */
    String urlParameter() {
        return name.equals(DEFAULT_NAME) ? DEFAULT_NAME.toLowerCase(Locale.ROOT) : name;
    }

    /** The cookie with a session id as its value, or one that expires it if the value is empty. */
    Cookie with(String value, boolean secureRequest) {
        Cookie cookie = new Cookie(name, value);
        cookie.setPath(path);
        if (domain != null) {
            cookie.setDomain(domain);
        }
        cookie.setMaxAge(value.isEmpty() ? 0 : maxAge);
        cookie.setSecure(secure == CookieSecure.TRUE || (secure == CookieSecure.AUTO && secureRequest));
        cookie.setHttpOnly(httpOnly);
        others.forEach(cookie::setAttribute);
        return cookie;
    }

    /** Whether a {@code Set-Cookie} header is of this cookie with this value. */
    boolean isIn(String header, String value) {
        int end = name.length() + 1 + value.length();
        return header.startsWith(name)
                && header.startsWith("=", name.length())
                && header.startsWith(value, name.length() + 1)
                && (header.length() == end
                        || header.charAt(end) == ';'
                        || (value.isEmpty() && header.charAt(end) == '"'));
    }

    /**
     * A {@code Cookie} header with this cookie in place of any of its name.
     *
     * @param header {@code null}: there is none yet
     */
    String replacedIn(@Nullable String header, String value) {
        StringJoiner cookies = new StringJoiner("; ");
        for (String cookie : header == null ? new String[0] : header.split(";", -1)) {
            String pair = cookie.trim();
            if (!pair.isEmpty() && !pair.startsWith(name + "=")) {
                cookies.add(pair);
            }
        }
        return cookies.add(name + "=" + value).toString();
    }

    /** A {@code Set-Cookie} header with those attributes added that the container has dropped. */
    String complete(String header) {
        String lowerCase = header.toLowerCase(Locale.ROOT);
        StringBuilder complete = new StringBuilder(header);
        others.forEach((attribute, value) -> {
            if (!attribute.equalsIgnoreCase(SAME_SITE)
                    && !lowerCase.contains("; " + attribute.toLowerCase(Locale.ROOT))
                    && !lowerCase.contains(";" + attribute.toLowerCase(Locale.ROOT))) {
                complete.append("; ").append(attribute);
                if (!value.isEmpty()) {
                    complete.append('=').append(value);
                }
            }
        });
        return complete.toString();
    }
}
