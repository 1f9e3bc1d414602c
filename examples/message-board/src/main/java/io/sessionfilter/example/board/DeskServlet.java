package io.sessionfilter.example.board;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The back office: an editor publishes or rejects what waits. */
@WebServlet("/desk")
public final class DeskServlet extends BoardServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (findEditor(request, response).isEmpty()) {
            return;
        }
        try {
            request.setAttribute("waiting", new Posts(database()).waiting());
        } catch (SQLException e) {
            throw new ServletException(e);
        }
        show(request, response, "desk");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<User> editor = findEditor(request, response);
        if (editor.isEmpty()) {
            return;
        }
        boolean publish = parameter(request, "decision").equals("publish");
        Status decision = publish ? Status.PUBLISHED : Status.REJECTED;
        boolean decided;
        try {
            decided = new Posts(database()).decide(id(request), decision, editor.get(), Instant.now());
        } catch (SQLException e) {
            throw new ServletException(e);
        }
        String notice = decided ? (publish ? "notice.published" : "notice.rejected") : "notice.tooLate";
        Visit.find(request).ifPresent(visit -> visit.leaveNotice(notice));
        goTo(request, response, "/desk");
    }

    /** Returns the editor who asks; else has answered already. */
    private static Optional<User> findEditor(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<User> user = user(request);
        if (user.isEmpty()) {
            goTo(request, response, "/login");
            return Optional.empty();
        }
        if (!user.get().isEditor()) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return Optional.empty();
        }
        return user;
    }
}
