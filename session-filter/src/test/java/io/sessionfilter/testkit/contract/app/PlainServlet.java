package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the script in the parameter {@code plain}, with what is in the application's own wrappers, which are not those for HTTP. */
public final class PlainServlet extends GenericServlet {
    private static final long serialVersionUID = 1L;

    /** Not an HTTP one. */
    static final class Request extends ServletRequestWrapper {
        Request(HttpServletRequest wrapped) {
            super(wrapped);
        }
    }

    /** Not an HTTP one. */
    static final class Response extends ServletResponseWrapper {
        Response(HttpServletResponse wrapped) {
            super(wrapped);
        }
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws IOException, ServletException {
        ServletRequest ownRequest = request;
        while (!(ownRequest instanceof Request)) {
            ownRequest = ((ServletRequestWrapper) ownRequest).getRequest();
        }
        ServletResponse ownResponse = response;
        while (!(ownResponse instanceof Response)) {
            ownResponse = ((ServletResponseWrapper) ownResponse).getResponse();
        }
        String @Nullable [] steps = request.getParameterValues("plain");
        new Call((HttpServletRequest) ((Request) ownRequest).getRequest(), (HttpServletResponse)
                        ((Response) ownResponse).getResponse())
                .run(new ArrayDeque<>(steps == null ? List.of() : List.of(steps)));
    }
}
