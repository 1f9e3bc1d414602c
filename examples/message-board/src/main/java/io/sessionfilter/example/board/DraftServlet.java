package io.sessionfilter.example.board;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Writing: a draft in the session is saved in place, looked at, posted or thrown away. For users only. */
@WebServlet({"/draft", "/draft/preview", "/draft/post", "/draft/discard"})
public final class DraftServlet extends BoardServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<Visit> visit = Visit.find(request).filter(found -> found.user().isPresent());
        if (visit.isEmpty()) {
            goTo(request, response, "/login");
            return;
        }
        Optional<Draft> draft = visit.get().draft();
        boolean preview = request.getServletPath().equals("/draft/preview");
        if (preview && draft.isEmpty()) {
            goTo(request, response, "/draft");
            return;
        }
        request.setAttribute("draft", draft.orElseGet(Draft::new));
        show(request, response, preview ? "preview" : "draft");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<Visit> visit = Visit.find(request);
        Optional<User> user = visit.flatMap(Visit::user);
        if (visit.isEmpty() || user.isEmpty()) {
            goTo(request, response, "/login");
            return;
        }
        switch (request.getServletPath()) {
            case "/draft/post" -> post(visit.get(), user.get(), request, response);
            case "/draft/discard" -> discard(visit.get(), request, response);
            case "/draft/preview" -> {
                save(visit.get(), user.get(), request);
                goTo(request, response, "/draft/preview");
            }
            default -> {
                save(visit.get(), user.get(), request);
                goTo(request, response, "/draft");
            }
        }
    }

    private static void save(Visit visit, User user, HttpServletRequest request) {
        boolean article = user.isEditor() && parameter(request, "kind").equals(Kind.ARTICLE.name());
        visit.getOrBeginDraft()
                .save(
                        article ? Kind.ARTICLE : Kind.MESSAGE,
                        parameter(request, "title"),
                        parameter(request, "body"),
                        Instant.now());
    }

    private static void discard(Visit visit, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        visit.dropDraft();
        goTo(request, response, "/draft");
    }

    private void post(Visit visit, User user, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<Draft> draft = visit.draft().filter(Draft::isComplete);
        if (draft.isEmpty()) {
            visit.leaveNotice("notice.incomplete");
            goTo(request, response, "/draft");
            return;
        }
        try {
            new Posts(database()).add(draft.get(), user, Instant.now());
        } catch (SQLException e) {
            throw new ServletException(e);
        }
        visit.dropDraft();
        visit.leaveNotice("notice.posted");
        goTo(request, response, "/");
    }
}
