package io.sessionfilter.testkit.contract.app;

import io.sessionfilter.SessionAccessor;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;

/** What the library offers for sessions outside of their requests. Not to be loaded in an application that does not have it. */
final class Lookup {
    private Lookup() {}

    static String byId(ServletContext context, String id, List<String> step) {
        return SessionAccessor.find(context, id)
                .map(accessor -> run(accessor, step))
                .orElse("none");
    }

    static String ofSession(HttpSession session, List<String> step) {
        return run(SessionAccessor.of(session), step);
    }

    /** Of type {@link SessionAccessor}, which not every application can name; the headers' name if there is none. */
    static Object byHeaders(ServletContext context, Map<String, List<String>> headers) {
        return SessionAccessor.find(context, headers)
                .<Object>map(found -> found)
                .orElse("none");
    }

    static String run(Object accessor, List<String> step) {
        return accessor instanceof SessionAccessor found
                ? found.<String>apply(session -> String.valueOf(BareSession.step(session, step)))
                : "none";
    }
}
