package io.sessionfilter.internal.servlet;

import org.jspecify.annotations.Nullable;

/** Finds and removes a path parameter, such as {@code ;jsessionid=...}, in a URL or a part of one. */
final class PathParameter {
    private PathParameter() {}

    /** Its value up to the next {@code ;}, {@code /}, {@code ?} or {@code #}; {@code null}: the URL has none. */
    static @Nullable String value(String url, String name) {
        int start = indexOf(url, name);
        if (start < 0) {
            return null;
        }
        int valueStart = start + name.length() + 2;
        return url.substring(valueStart, end(url, valueStart));
    }

    /** The URL without it; the same string if there is none. */
    static String remove(String url, String name) {
        int start = indexOf(url, name);
        return start < 0 ? url : url.substring(0, start) + url.substring(end(url, start + name.length() + 2));
    }

    /** Where its semicolon is, or -1; a query or fragment has none. */
    static int indexOf(String url, String name) {
        int start = url.indexOf(';');
        while (start >= 0) {
            int equals = start + 1 + name.length();
            if (url.startsWith(name, start + 1) && equals < url.length() && url.charAt(equals) == '=') {
                int query = url.indexOf('?');
                return query >= 0 && query < start ? -1 : start;
            }
            start = url.indexOf(';', start + 1);
        }
        return -1;
    }

    private static int end(String url, int start) {
        int end = start;
        while (end < url.length() && ";/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
