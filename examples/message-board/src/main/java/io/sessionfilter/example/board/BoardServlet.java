package io.sessionfilter.example.board;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** What the servlets share: the database, showing a page, going to another one. */
abstract class BoardServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    final Database database() {
        return DatabaseSetup.database(getServletContext());
    }

    /** Shows a page of {@code WEB-INF/jsp}. */
    static void show(HttpServletRequest request, HttpServletResponse response, String page)
            throws ServletException, IOException {
        response.setContentType("text/html; charset=UTF-8");
        request.getRequestDispatcher("/WEB-INF/jsp/" + page + ".jsp").forward(request, response);
    }

    static void goTo(HttpServletRequest request, HttpServletResponse response, String path) throws IOException {
        response.sendRedirect(response.encodeRedirectURL(request.getContextPath() + path));
    }

    static Optional<User> user(HttpServletRequest request) {
        return Visit.find(request).flatMap(Visit::user);
    }

    static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    /** Returns a number that the request names, or -1, which is no post's. */
    static long id(HttpServletRequest request) {
        try {
            return Long.parseLong(parameter(request, "id"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
