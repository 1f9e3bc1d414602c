package io.sessionfilter.testkit.contract.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Steps on attributes of special kinds: of the application's own classes, shared by two names, or not serializable. */
final class ValueSteps {
    private ValueSteps() {}

    static Map<String, Step> table() {
        Map<String, Step> steps = new HashMap<>();
        steps.put("set-own", (call, arguments) -> {
            call.session().setAttribute(arguments.get(0), new OwnValue(arguments.get(1)));
            return "done";
        });
        steps.put("own", (call, arguments) -> {
            Object value = call.session().getAttribute(arguments.get(0));
            return value instanceof OwnValue own ? own.text() : "not of this application's class: " + value;
        });
        steps.put("set-shared-list", (call, arguments) -> {
            List<String> shared = new ArrayList<>();
            call.session().setAttribute(arguments.get(0), shared);
            call.session().setAttribute(arguments.get(1), shared);
            return "done";
        });
        steps.put("set-not-serializable", (call, arguments) -> {
            call.session().setAttribute(arguments.get(0), new NotSerializable());
            return "done";
        });
        steps.put("has", (call, arguments) -> call.session().getAttribute(arguments.get(0)) != null);
        return steps;
    }

    private static final class NotSerializable {}
}
