package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Steps that send the request elsewhere, end an asynchronous one, or let it fail. */
final class DispatchSteps {
    private DispatchSteps() {}

    static Map<String, Step> table() {
        Map<String, Step> steps = new HashMap<>();
        addRequestDispatchers(steps);
        addAsyncDispatches(steps);
        steps.put("complete", (call, arguments) -> {
            call.writeResults();
            call.async().complete();
            return "done";
        });
        steps.put("throw", (call, arguments) -> {
            throw new ServletException("thrown by the script");
        });
        return steps;
    }

    /** Each as {@code forward} and as {@code include}, of the target that the arguments name. */
    private static void addRequestDispatchers(Map<String, Step> steps) {
        addBoth(steps, "", (call, arguments) -> call.request.getRequestDispatcher(arguments.get(0)));
        addBoth(
                steps,
                "-by-name",
                (call, arguments) -> call.request.getServletContext().getNamedDispatcher(arguments.get(0)));
        addBoth(
                steps,
                "-by-context",
                (call, arguments) -> call.request.getServletContext().getRequestDispatcher(arguments.get(0)));
        addBoth(
                steps,
                "-across",
                (call, arguments) -> otherContext(call, arguments).getRequestDispatcher(arguments.get(1)));
        // With wrappers that are not those for HTTP.
        steps.put("forward-plain", (call, arguments) -> {
            call.silence();
            present(call.request.getRequestDispatcher(arguments.get(0)))
                    .forward(new PlainServlet.Request(call.request), new PlainServlet.Response(call.response));
            return "returned";
        });
        steps.put("include-plain", (call, arguments) -> {
            present(call.request.getRequestDispatcher(arguments.get(0)))
                    .include(new PlainServlet.Request(call.request), new PlainServlet.Response(call.response));
            return "returned";
        });
    }

    private static void addBoth(Map<String, Step> steps, String way, DispatcherOf dispatcher) {
        steps.put("forward" + way, (call, arguments) -> {
            call.silence();
            present(dispatcher.of(call, arguments)).forward(call.request, call.response);
            return "returned";
        });
        steps.put("include" + way, (call, arguments) -> {
            present(dispatcher.of(call, arguments)).include(call.request, call.response);
            return "returned";
        });
    }

    private static void addAsyncDispatches(Map<String, Step> steps) {
        steps.put("dispatch", (call, arguments) -> {
            call.silence();
            if (arguments.isEmpty()) {
                call.async().dispatch();
            } else {
                call.async().dispatch(arguments.get(0));
            }
            return "done";
        });
        steps.put("dispatch-by-context", (call, arguments) -> {
            call.silence();
            call.async().dispatch(call.request.getServletContext(), arguments.get(0));
            return "done";
        });
        steps.put("dispatch-across", (call, arguments) -> {
            call.silence();
            call.async().dispatch(otherContext(call, arguments), arguments.get(1));
            return "done";
        });
    }

    private static ServletContext otherContext(Call call, List<String> arguments) {
        ServletContext other = call.request.getServletContext().getContext(arguments.get(0));
        if (other == null) {
            throw new IllegalStateException("no way to that application");
        }
        return other;
    }

    private static RequestDispatcher present(@Nullable RequestDispatcher dispatcher) {
        if (dispatcher == null) {
            throw new IllegalStateException("no such dispatcher");
        }
        return dispatcher;
    }

    @FunctionalInterface
    private interface DispatcherOf {
        @Nullable
        RequestDispatcher of(Call call, List<String> arguments);
    }
}
