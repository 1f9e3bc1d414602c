package io.sessionfilter.example.board;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** Logging in, under a new session id. */
@WebServlet("/login")
public final class LoginServlet extends BoardServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Visit.getOrBegin(request);
        show(request, response, "login");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Visit visit = Visit.getOrBegin(request);
        Optional<User> user;
        try {
            user = new Users(database())
                    .authenticate(parameter(request, "name").strip(), parameter(request, "password"));
        } catch (SQLException e) {
            throw new ServletException(e);
        }
        if (user.isEmpty()) {
            request.setAttribute("refused", true);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            show(request, response, "login");
            return;
        }
        visit.logIn(request, user.get());
        goTo(request, response, user.get().isEditor() ? "/desk" : "/draft");
    }
}
