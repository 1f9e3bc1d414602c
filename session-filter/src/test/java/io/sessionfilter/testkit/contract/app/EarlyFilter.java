package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The first filter of {@code web.xml}, which uses the session before it passes the request on. */
public final class EarlyFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String filtered = request.getParameter("filtered");
        if (filtered != null) {
            request.getSession().setAttribute("filtered", filtered);
        }
        chain.doFilter(request, response);
    }
}
