package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.http.HttpSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Steps on session objects that outlive their request, and on accessors, which are meant to. */
final class KeptSteps {
    private static final Map<String, HttpSession> SESSIONS = new ConcurrentHashMap<>();

    /** Of {@code HttpSession.Accessor}, which this container may not know. */
    private static final Map<String, Object> ACCESSORS = new ConcurrentHashMap<>();

    private KeptSteps() {}

    static Map<String, Step> table() {
        Map<String, Step> steps = new HashMap<>();
        steps.put("keep", (call, arguments) -> {
            SESSIONS.put(arguments.get(0), call.session());
            return "kept";
        });
        steps.put("kept", (call, arguments) -> BareSession.step(SESSIONS.get(arguments.get(0)), rest(arguments)));
        // In a thread that waits at a gate first, while the request goes its way.
        steps.put("later", (call, arguments) -> {
            HttpSession session = call.session();
            String note = call.request.getParameter("note");
            Thread thread = new Thread(() -> later(session, arguments, note), "later");
            thread.setDaemon(true);
            thread.start();
            return "started";
        });
        steps.put("keep-accessor", (call, arguments) -> {
            Object accessor = call.session().getAccessor();
            if (accessor != null) {
                ACCESSORS.put(arguments.get(0), accessor);
            }
            return accessor == null ? "none" : "kept";
        });
        steps.put("by-accessor", (call, arguments) -> byAccessor(ACCESSORS.get(arguments.get(0)), rest(arguments)));
        steps.put("by-accessor-in-thread", (call, arguments) -> {
            FutureTask<String> task =
                    new FutureTask<>(() -> byAccessor(ACCESSORS.get(arguments.get(0)), rest(arguments)));
            Thread thread = new Thread(task, "by-accessor");
            thread.setDaemon(true);
            thread.start();
            return await(task);
        });
        steps.put(
                "lookup",
                (call, arguments) -> Lookup.byId(
                        call.request.getServletContext(), call.session().getId(), arguments));
        steps.put("lookup-of-session", (call, arguments) -> Lookup.ofSession(call.session(), arguments));
        return steps;
    }

    private static List<String> rest(List<String> arguments) {
        return arguments.subList(1, arguments.size());
    }

    private static String await(FutureTask<String> task) {
        try {
            return task.get(15, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalArgumentException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalArgumentException("stuck", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException(e);
        }
    }

    private static void later(HttpSession session, List<String> arguments, String note) {
        Board.pass(arguments.get(0));
        Board.notes(note).add("later -> " + BareSession.run(session, rest(arguments)));
    }

    static String byAccessor(Object accessor, List<String> step) {
        StringBuilder result = new StringBuilder();
        ((HttpSession.Accessor) accessor).access(session -> result.append(BareSession.step(session, step)));
        return result.toString();
    }
}
