package io.sessionfilter.example.board;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** What everybody may read: the front page with news and messages, and one post by itself. Makes no session. */
@WebServlet({"", "/read"})
public final class PublicServlet extends BoardServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            Posts posts = new Posts(database());
            if (request.getServletPath().equals("/read")) {
                read(posts, request, response);
            } else {
                request.setAttribute("articles", posts.published(Kind.ARTICLE));
                request.setAttribute("messages", posts.published(Kind.MESSAGE));
                show(request, response, "board");
            }
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    private static void read(Posts posts, HttpServletRequest request, HttpServletResponse response)
            throws SQLException, ServletException, IOException {
        Optional<Post> post = posts.findPublished(id(request));
        if (post.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        request.setAttribute("post", post.get());
        show(request, response, "read");
    }
}
