package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does what the request's parameters say, one step after another, and answers with one line per step: {@code get a ->
 * 1}.
 *
 * <p>The init-param {@code script} names the request parameter that holds this servlet's steps. So one request can
 * carry the steps of the servlet that it is for, and those of the servlet that this one forwards to, includes, or
 * sends to by an error.
 */
public final class ScriptServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    public void init() {
        SocketContext.set(getServletContext());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String @Nullable [] steps = request.getParameterValues(getInitParameter("script"));
        Call call = new Call(request, response);
        call.run(new ArrayDeque<>(steps == null ? List.of() : List.of(steps)));
    }
}
