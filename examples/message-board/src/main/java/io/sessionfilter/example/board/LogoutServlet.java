package io.sessionfilter.example.board;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Logging out: the session ends, with everything in it. */
@WebServlet("/logout")
public final class LogoutServlet extends BoardServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Visit.find(request).ifPresent(Visit::logOut);
        goTo(request, response, "/");
    }
}
