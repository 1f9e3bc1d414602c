package io.sessionfilter.example.board;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What every request for a page passes: a POST needs the session's token; the page gets its {@link PageView}. */
public final class PageFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        String path = request.getServletPath();
        if (path.startsWith("/static/") || path.equals("/health")) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; form-action 'self'");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
        PageView.prepare(request);
        if (request.getMethod().equals("POST") && !hasToken(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean hasToken(HttpServletRequest request) {
        return Visit.find(request)
                .filter(visit -> visit.isCsrfToken(request.getParameter("csrf")))
                .isPresent();
    }
}
