package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.PushBuilder;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Steps that ask the request about its session, and some that are about no session at all. */
final class RequestSteps {
    private RequestSteps() {}

    static Map<String, Step> table() {
        Map<String, Step> steps = new HashMap<>();
        steps.put("requested-id", (call, arguments) -> call.request.getRequestedSessionId());
        steps.put("requested-valid", (call, arguments) -> call.request.isRequestedSessionIdValid());
        steps.put("requested-from-cookie", (call, arguments) -> call.request.isRequestedSessionIdFromCookie());
        steps.put("requested-from-url", (call, arguments) -> call.request.isRequestedSessionIdFromURL());
        steps.put("secure", (call, arguments) -> call.request.isSecure());
        steps.put("dispatcher", (call, arguments) -> call.request.getDispatcherType());
        steps.put(
                "failure", (call, arguments) -> failure(call.request.getAttribute(RequestDispatcher.ERROR_EXCEPTION)));
        steps.put("push", (call, arguments) -> push(call, arguments));
        steps.put("uri", (call, arguments) -> call.request.getRequestURI());
        steps.put("now", (call, arguments) -> System.currentTimeMillis());
        steps.put("tick", (call, arguments) -> {
            long start = System.currentTimeMillis();
            while (System.currentTimeMillis() < start + 3) {
                Thread.onSpinWait();
            }
            return "done";
        });
        steps.put("gate", (call, arguments) -> Board.pass(arguments.get(0)) ? "passed" : "stuck");
        steps.put("introspect-request", (call, arguments) -> introspect(call.request));
        steps.put("introspect-response", (call, arguments) -> introspect(call.response));
        steps.put("introspect-session", (call, arguments) -> introspect(call.session()));
        steps.put("session-is-bean", (call, arguments) -> beanReadsId(call.session()));
        return steps;
    }

    /** What an error page is told of an exception: all of its causes. */
    private static String failure(@Nullable Object exception) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = (Throwable) exception; cause != null; cause = cause.getCause()) {
            text.append(cause).append('|');
        }
        return text.toString();
    }

    /** {@code push path query}. */
    @SuppressWarnings("deprecation") // deprecated by Servlet 6.1; containers may still offer it
    private static String push(Call call, List<String> arguments) {
        PushBuilder builder = call.request.newPushBuilder();
        if (builder == null) {
            return "not offered";
        }
        builder.path(arguments.get(0)).queryString(arguments.get(1)).push();
        return "pushed";
    }

    /**
     * As expression languages and frameworks do it: fails if a signature mentions a type that this container does not
     * have.
     */
    private static String introspect(Object object) {
        try {
            int properties = Introspector.getBeanInfo(object.getClass()).getPropertyDescriptors().length;
            int methods = object.getClass().getMethods().length;
            return properties > 0 && methods > 0 ? "fine" : "empty";
        } catch (IntrospectionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String beanReadsId(HttpSession session) {
        try {
            for (var property : Introspector.getBeanInfo(HttpSession.class).getPropertyDescriptors()) {
                if (property.getName().equals("id")) {
                    return String.valueOf(property.getReadMethod().invoke(session));
                }
            }
            return "no property";
        } catch (IntrospectionException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
