package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.HashMap;
import java.util.Map;

/** Steps that send the request elsewhere, end an asynchronous one, or let it fail. */
final class DispatchSteps {
    private DispatchSteps() {}

    static Map<String, Step> table() {
        Map<String, Step> steps = new HashMap<>();
        steps.put("forward", (call, arguments) -> {
            call.silence();
            call.request.getRequestDispatcher(arguments.get(0)).forward(call.request, call.response);
            return "returned";
        });
        steps.put("include", (call, arguments) -> {
            call.request.getRequestDispatcher(arguments.get(0)).include(call.request, call.response);
            return "returned";
        });
        steps.put("forward-by-name", (call, arguments) -> {
            call.silence();
            present(call.request.getServletContext().getNamedDispatcher(arguments.get(0)))
                    .forward(call.request, call.response);
            return "returned";
        });
        steps.put("forward-by-context", (call, arguments) -> {
            call.silence();
            present(call.request.getServletContext().getRequestDispatcher(arguments.get(0)))
                    .forward(call.request, call.response);
            return "returned";
        });
        steps.put("forward-across", (call, arguments) -> {
            call.silence();
            ServletContext other = call.request.getServletContext().getContext(arguments.get(0));
            present(other == null ? null : other.getRequestDispatcher(arguments.get(1)))
                    .forward(call.request, call.response);
            return "returned";
        });
        steps.put("complete", (call, arguments) -> {
            call.writeResults();
            call.async().complete();
            return "done";
        });
        steps.put("dispatch", (call, arguments) -> {
            call.silence();
            if (arguments.isEmpty()) {
                call.async().dispatch();
            } else {
                call.async().dispatch(arguments.get(0));
            }
            return "done";
        });
        steps.put("throw", (call, arguments) -> {
            throw new ServletException("thrown by the script");
        });
        return steps;
    }

    private static RequestDispatcher present(@org.jspecify.annotations.Nullable RequestDispatcher dispatcher) {
        if (dispatcher == null) {
            throw new IllegalStateException("no such dispatcher");
        }
        return dispatcher;
    }
}
