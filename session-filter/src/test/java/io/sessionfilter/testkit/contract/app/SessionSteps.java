package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.http.HttpSession;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Steps on the session: the one held, or {@code getSession()} if none is held yet. */
final class SessionSteps {
    private SessionSteps() {}

    static Map<String, Step> table() {
        Map<String, Step> steps = new HashMap<>();
        steps.put("create", (call, arguments) -> {
            call.hold(call.request.getSession());
            return call.session().getId();
        });
        steps.put("find", (call, arguments) -> {
            HttpSession session = call.request.getSession(false);
            call.hold(session);
            return session == null ? "none" : session.getId();
        });
        steps.put("same-session", (call, arguments) -> call.held() == call.request.getSession(false));
        steps.put("id", (call, arguments) -> call.session().getId());
        steps.put("new", (call, arguments) -> call.session().isNew());
        steps.put("created", (call, arguments) -> call.session().getCreationTime());
        steps.put("accessed", (call, arguments) -> call.session().getLastAccessedTime());
        steps.put("context", (call, arguments) -> call.session().getServletContext() != null);
        steps.put("interval", (call, arguments) -> call.session().getMaxInactiveInterval());
        steps.put("set-interval", (call, arguments) -> {
            call.session().setMaxInactiveInterval(Integer.parseInt(arguments.get(0)));
            return "done";
        });
        steps.put("invalidate", (call, arguments) -> {
            call.session().invalidate();
            return "done";
        });
        steps.put("change-id", (call, arguments) -> call.request.changeSessionId());
        addAttributeSteps(steps);
        addListSteps(steps);
        addNullNameSteps(steps);
        return steps;
    }

    private static void addAttributeSteps(Map<String, Step> steps) {
        steps.put("set", (call, arguments) -> {
            call.session().setAttribute(arguments.get(0), arguments.get(1));
            return "done";
        });
        steps.put("set-null", (call, arguments) -> {
            call.session().setAttribute(arguments.get(0), null);
            return "done";
        });
        steps.put("set-unreadable", (call, arguments) -> {
            call.session().setAttribute(arguments.get(0), new Unreadable());
            return "done";
        });
        steps.put("get", (call, arguments) -> call.session().getAttribute(arguments.get(0)));
        steps.put("remove", (call, arguments) -> {
            call.session().removeAttribute(arguments.get(0));
            return "done";
        });
        steps.put(
                "names",
                (call, arguments) ->
                        new TreeSet<>(Collections.list(call.session().getAttributeNames())));
        steps.put("names-while-changing", (call, arguments) -> namesWhileChanging(call.session()));
        steps.put("same", (call, arguments) -> {
            Object first = call.session().getAttribute(arguments.get(0));
            Object second = call.session().getAttribute(arguments.get(0));
            return first != null && first == second;
        });
    }

    /** A list is changed in place: no {@code setAttribute} tells the session of it. */
    private static void addListSteps(Map<String, Step> steps) {
        steps.put("set-list", (call, arguments) -> {
            call.session().setAttribute(arguments.get(0), new ArrayList<>(arguments.subList(1, arguments.size())));
            return "done";
        });
        steps.put("add-to-list", (call, arguments) -> {
            List<String> list = list(call.session().getAttribute(arguments.get(0)));
            list.add(arguments.get(1));
            return list;
        });
    }

    private static void addNullNameSteps(Map<String, Step> steps) {
        steps.put("set-null-name", (call, arguments) -> {
            call.session().setAttribute(absent(), "value");
            return "done";
        });
        steps.put("get-null-name", (call, arguments) -> call.session().getAttribute(absent()));
        steps.put("remove-null-name", (call, arguments) -> {
            call.session().removeAttribute(absent());
            return "done";
        });
    }

    /** Counts the names of an enumeration that was made before all of them are removed, one by one, and others set. */
    private static int namesWhileChanging(HttpSession session) {
        for (String name : Arrays.asList("v", "w", "x", "y", "z")) {
            session.setAttribute(name, "1");
        }
        Enumeration<String> names = session.getAttributeNames();
        int count = 0;
        while (names.hasMoreElements() && count < 1000) {
            String name = names.nextElement();
            session.removeAttribute(name);
            session.setAttribute("other-" + count, "1");
            count++;
        }
        return count;
    }

    /** What can be written and never be read again. */
    private static final class Unreadable implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws InvalidObjectException {
            throw new InvalidObjectException("of a version that nobody has");
        }

        @Override
        public String toString() {
            return "unreadable";
        }
    }

    @SuppressWarnings("unchecked") // the scripts put nothing but lists of strings there
    private static List<String> list(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("no list");
        }
        return (List<String>) value;
    }

    @SuppressWarnings("NullAway") // what the containers do with null is what these steps ask
    private static String absent() {
        return null;
    }
}
