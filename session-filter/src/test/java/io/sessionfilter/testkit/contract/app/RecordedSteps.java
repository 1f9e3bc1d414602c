package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.http.HttpSession;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Steps that say what was there before they change it, so that a checker can tell what became of each change. All values are tokens, or lists of
 * tokens; a list is shown with semicolons.
 */
final class RecordedSteps {
    private static final String LOG = "log";
    private static final String NOTHING = "-";

    private RecordedSteps() {}

    static Map<String, Step> table() {
        Map<String, Step> steps = new HashMap<>();
        steps.put("look", (call, arguments) -> {
            HttpSession session = call.request.getSession(false);
            call.hold(session);
            return session == null ? NOTHING : show(session);
        });
        steps.put("begin", (call, arguments) -> {
            call.hold(call.request.getSession());
            return call.session().getId();
        });
        steps.put("put", (call, arguments) -> {
            HttpSession session = held(call);
            String before = show(session.getAttribute(arguments.get(0)));
            session.setAttribute(arguments.get(0), arguments.get(1));
            return before;
        });
        steps.put("log", (call, arguments) -> append(held(call), arguments.get(0)));
        steps.put("end", (call, arguments) -> {
            held(call).invalidate();
            return "done";
        });
        steps.put("put-bytes", (call, arguments) -> {
            call.session().setAttribute(arguments.get(0), new byte[Integer.parseInt(arguments.get(1))]);
            return "done";
        });
        steps.put("metric", (call, arguments) -> metric(call, arguments.get(0)));
        return steps;
    }

    /** The one that was looked at, or begun: none of these steps makes another by the way. */
    private static HttpSession held(Call call) {
        HttpSession session = call.held();
        if (session == null) {
            throw new NoSuchElementException("no session");
        }
        return session;
    }

    private static String show(HttpSession session) {
        StringBuilder text = new StringBuilder(session.getId());
        for (String name : new TreeSet<>(Collections.list(session.getAttributeNames()))) {
            text.append(' ').append(name).append('=').append(show(session.getAttribute(name)));
        }
        return text.toString();
    }

    private static String show(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return String.join(";", list.stream().map(String::valueOf).toList());
        }
        return value == null ? NOTHING : value instanceof byte[] bytes ? "bytes" + bytes.length : value.toString();
    }

    /** Changes the list in place, if there is one. */
    private static String append(HttpSession session, String token) {
        Object value = session.getAttribute(LOG);
        String before = show(value);
        if (value instanceof List<?>) {
            @SuppressWarnings("unchecked") // only we put it there
            List<String> log = (List<String>) value;
            log.add(token);
        } else {
            session.setAttribute(LOG, new ArrayList<>(List.of(token)));
        }
        return before;
    }

    /** One of the library's counters, of this application. */
    private static long metric(Call call, String name) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName pattern = new ObjectName(
                    "io.sessionfilter:type=Sessions,context=" + ObjectName.quote(call.request.getContextPath()) + ",*");
            long sum = 0;
            for (ObjectName bean : server.queryNames(pattern, null)) {
                sum += (Long) server.getAttribute(bean, name);
            }
            return sum;
        } catch (JMException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
