package io.sessionfilter.example.board;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The language switch: kept in the session, which it begins if there is none. */
@WebServlet("/language")
public final class LanguageServlet extends BoardServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Language.find(parameter(request, "to"))
                .ifPresent(language -> Visit.getOrBegin(request).speak(language));
        goTo(request, response, localPath(parameter(request, "back")));
    }

    /** Returns a path of this site, whatever was asked for: a redirect to elsewhere is a gift to phishers. */
    static String localPath(String path) {
        return path.matches("/(?:[\\w][\\w/?=&.-]*)?") ? path : "/";
    }
}
