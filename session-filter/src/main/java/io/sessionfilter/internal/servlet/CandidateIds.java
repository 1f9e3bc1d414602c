package io.sessionfilter.internal.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything in a request that may be its session id, verbatim: each cookie of the name, then the path parameter. A browser sends several
 * cookies of one name when they were set for several paths or domains, and balancers and containers disagree on which one counts: all are
 * tried.
 */
final class CandidateIds {
    /** More candidates than that are no accident. */
    static final int MAX_ASKED = 8;

    private static final CandidateIds NONE = new CandidateIds(List.of(), 0);

    /** Nearly always there is one, and no list of it is made. */
    private final @Nullable String only;

    private final List<String> texts;
    private final int cookies;

    private CandidateIds(List<String> texts, int cookies) {
        this.only = null;
        this.texts = texts;
        this.cookies = cookies;
    }

    private CandidateIds(String only, boolean isCookie) {
        this.only = only;
        this.texts = List.of();
        this.cookies = isCookie ? 1 : 0;
    }

    static CandidateIds of(HttpServletRequest request, String cookieName, String urlParameter) {
        String inUrl = inUrl(request, urlParameter);
        String first = null;
        List<String> all = null;
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(cookieName) && cookie.getValue() != null) {
                    if (first == null) {
                        first = cookie.getValue();
                    } else {
                        all = with(all, first, cookie.getValue());
                    }
                }
            }
        }
        if (first == null) {
            return inUrl == null ? NONE : new CandidateIds(inUrl, false);
        }
        int count = all == null ? 1 : all.size();
        if (inUrl != null) {
            all = with(all, first, inUrl);
        }
        return all == null ? new CandidateIds(first, true) : new CandidateIds(all, count);
    }

    private static List<String> with(@Nullable List<String> all, String first, String next) {
        List<String> more = all == null ? new ArrayList<>(List.of(first)) : all;
        more.add(next);
        return more;
    }

    int count() {
        return only == null ? texts.size() : 1;
    }

    String text(int index) {
        return only == null ? texts.get(index) : only;
    }

    private List<String> texts() {
        return only == null ? texts : List.of(only);
    }

    boolean isFromCookie(int index) {
        return index < cookies;
    }

    boolean hasCookie() {
        return cookies > 0;
    }

    boolean hasUrl() {
        return count() > cookies;
    }

    /**
     * These, and the cookies of the name that the container has not shown: some keep one of several.
     *
     * @return this, if there are no more
     */
    CandidateIds withHiddenCookies(HttpServletRequest request, String cookieName) {
        List<String> all = new ArrayList<>(texts().subList(0, cookies));
        for (Enumeration<String> headers = request.getHeaders("Cookie");
                headers != null && headers.hasMoreElements(); ) {
            addCookies(headers.nextElement(), cookieName, all);
        }
        if (all.size() == cookies) {
            return this;
        }
        int allCookies = all.size();
        all.addAll(texts().subList(cookies, count()));
        return new CandidateIds(all, allCookies);
    }

    /**
     * The cookies of the name, of a request of which there is nothing but its headers.
     *
     * @param headers values by name, in whatever case: some containers offer them as they were sent
     */
    static List<String> inHeaders(Map<String, List<String>> headers, String cookieName) {
        List<String> all = new ArrayList<>();
        headers.forEach((name, values) -> {
            if (name.equalsIgnoreCase("Cookie")) {
                values.forEach(value -> addCookies(value, cookieName, all));
            }
        });
        return all;
    }

    private static void addCookies(String header, String cookieName, List<String> all) {
        for (String pair : header.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).trim().equals(cookieName)) {
                String value = pair.substring(equals + 1).trim();
                if (!all.contains(value)) {
                    all.add(value);
                }
            }
        }
    }

    /** Most containers leave the parameter in the raw request URI; those that strip it have parsed it themselves. */
    private static @Nullable String inUrl(HttpServletRequest request, String urlParameter) {
        String id = PathParameter.value(request.getRequestURI(), urlParameter);
        return id == null && request.isRequestedSessionIdFromURL() ? request.getRequestedSessionId() : id;
    }
}
