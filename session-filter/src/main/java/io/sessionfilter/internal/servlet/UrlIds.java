package io.sessionfilter.internal.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Puts session ids into URLs of the same web application, and into no others: an id is a credential. */
final class UrlIds {
    private UrlIds() {}

    /** The URL with the id as a path parameter, or as it was if it leads elsewhere or has one already. */
    static String encode(String url, String parameter, String id, HttpServletRequest request) {
        if (url.startsWith("#") || PathParameter.indexOf(url, parameter) >= 0 || !isOurs(url, request)) {
            return url;
        }
        // An empty path means this very page; with a parameter alone it would mean the directory.
        String full = url.isEmpty() || url.startsWith("?")
                ? PathParameter.remove(request.getRequestURI(), parameter) + url
                : url;
        int end = pathEnd(full);
        return full.substring(0, end) + ';' + parameter + '=' + id + full.substring(end);
    }

    private static boolean isOurs(String url, HttpServletRequest request) {
        if (isReadDifferentlyByBrowsers(url)) {
            return false;
        }
        String path = url;
        if (url.startsWith("//") || hasScheme(url)) {
            try {
                URI target = new URI(url.substring(0, pathEnd(url)));
                if (!isSameServer(target, request)) {
                    return false;
                }
                path = target.getRawPath();
            } catch (URISyntaxException e) {
                // Not to be understood, so not known to be ours.
                return false;
            }
        }
        String clean = path.substring(0, pathEnd(path));
        if (clean.contains("..")) {
            clean = resolve(clean, request);
        }
        String context = request.getContextPath();
        return !clean.startsWith("/")
                ? path.equals(url)
                : clean.startsWith(context)
                        && (clean.length() == context.length() || "/;".indexOf(clean.charAt(context.length())) >= 0);
    }

    /** Browsers take a backslash for a slash, skip control characters and spaces at the start, and resolve encoded dots. */
    private static boolean isReadDifferentlyByBrowsers(String url) {
        int end = pathEnd(url);
        for (int i = 0; i < end; i++) {
            char c = url.charAt(i);
            if (c == '\\' || c < ' ' || (c == ' ' && i == 0) || (c == '%' && url.regionMatches(true, i, "%2e", 0, 3))) {
                return true;
            }
        }
        return false;
    }

    private static String resolve(String path, HttpServletRequest request) {
        try {
            return new URI(null, null, request.getRequestURI(), null)
                    .resolve(new URI(null, null, path, null))
                    .normalize()
                    .getPath();
        } catch (URISyntaxException e) {
            // An absolute path that no context is a prefix of: not ours.
            return "/..";
        }
    }

    private static boolean isSameServer(URI target, HttpServletRequest request) {
        String scheme = request.getScheme().toLowerCase(Locale.ROOT);
        String targetScheme =
                target.getScheme() == null ? scheme : target.getScheme().toLowerCase(Locale.ROOT);
        return targetScheme.equals(scheme)
                && target.getHost() != null
                && target.getHost().equalsIgnoreCase(request.getServerName())
                && port(targetScheme, target.getPort()) == port(scheme, request.getServerPort());
    }

    private static int port(String scheme, int port) {
        if (port > 0) {
            return port;
        }
        return scheme.equals("https") ? 443 : 80;
    }

    private static boolean hasScheme(String url) {
        int colon = url.indexOf(':');
        return colon > 0 && colon < pathEnd(url) && url.lastIndexOf('/', colon) < 0;
    }

    private static int pathEnd(String url) {
        int end = 0;
        while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
            end++;
        }
        return end;
    }
}
