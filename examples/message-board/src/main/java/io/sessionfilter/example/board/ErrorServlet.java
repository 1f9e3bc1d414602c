package io.sessionfilter.example.board;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What is shown when something is not there, not allowed, or went wrong: never a stack trace. */
@WebServlet("/error")
public final class ErrorServlet extends BoardServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getAttribute("page") == null) {
            PageView.prepare(request);
        }
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (status == null) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
        request.setAttribute(
                "what",
                switch (response.getStatus()) {
                    case HttpServletResponse.SC_FORBIDDEN -> "error.forbidden";
                    case HttpServletResponse.SC_NOT_FOUND -> "error.notFound";
                    default -> "error.other";
                });
        show(request, response, "error");
    }
}
