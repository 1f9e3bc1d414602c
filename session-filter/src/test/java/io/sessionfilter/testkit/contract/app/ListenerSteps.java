package io.sessionfilter.testkit.contract.app;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Steps with values that are listeners, and what listeners have heard. */
final class ListenerSteps {
    private ListenerSteps() {}

    static Map<String, Step> table() {
        Map<String, Step> steps = new HashMap<>();
        steps.put("bind", (call, arguments) -> {
            call.session().setAttribute(arguments.get(0), new BoundValue(arguments.get(1)));
            return "done";
        });
        steps.put("set-same", (call, arguments) -> {
            call.session().setAttribute(arguments.get(0), call.session().getAttribute(arguments.get(0)));
            return "done";
        });
        steps.put("set-active", (call, arguments) -> {
            call.session().setAttribute(arguments.get(0), new ActiveValue());
            return "done";
        });
        steps.put("events", (call, arguments) -> heard(arguments.get(0), false));
        steps.put("creation", (call, arguments) -> heard(arguments.get(0), true));
        return steps;
    }

    /** What was heard of the creation of a session, or of all that came after. */
    private static String heard(String sessionId, boolean ofCreation) {
        return Board.notes("events-" + sessionId).stream()
                .filter(event -> event.contains("created") == ofCreation)
                .collect(Collectors.joining(" | "));
    }
}
