package io.sessionfilter.example.board;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What a load balancer asks: this app node answers, and by which route. Touches no session and no database. */
@WebServlet("/health")
public final class HealthServlet extends BoardServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain; charset=UTF-8");
        response.getWriter().println(AppNode.route());
    }
}
