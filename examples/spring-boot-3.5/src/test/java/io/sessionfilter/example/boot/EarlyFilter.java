package io.sessionfilter.example.boot;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A filter that would be the first of all, if it were for Spring Boot. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EarlyFilter extends HttpFilter {
    static final String PATH = "/early";

    /** Has the session expire a second after this. */
    static final String EXPIRING_PATH = "/early/expiring";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getRequestURI().equals(PATH)) {
            response.getWriter().print(request.getSession().getId());
        } else if (request.getRequestURI().equals(EXPIRING_PATH)) {
            request.getSession().setMaxInactiveInterval(1);
        } else {
            chain.doFilter(request, response);
        }
    }
}
