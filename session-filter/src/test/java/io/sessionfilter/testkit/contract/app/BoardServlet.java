package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Shows and opens what is on the {@link Board}: {@code ?notes=name}, {@code ?reached=gate}, {@code ?open=gate}. */
public final class BoardServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        String notes = request.getParameter("notes");
        String reached = request.getParameter("reached");
        String open = request.getParameter("open");
        if (notes != null) {
            for (String line : Board.notes(notes)) {
                response.getWriter().println(line);
            }
        } else if (reached != null) {
            response.setStatus(Board.awaitArrival(reached) ? 200 : 504);
        } else if (open != null) {
            Board.open(open);
        } else {
            response.setStatus(400);
        }
    }
}
