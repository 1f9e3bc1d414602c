package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Steps on a session of which nothing is known but the session itself: outside of its requests. */
final class BareSession {
    private BareSession() {}

    /** Runs a step: {@code set a 1}. An exception is shown by its name, as it is in scripts. */
    static String run(@Nullable HttpSession session, List<String> words) {
        try {
            return session == null ? "none" : String.valueOf(step(session, words));
        } catch (RuntimeException e) {
            return "!" + e.getClass().getSimpleName();
        }
    }

    /** Runs a step. */
    static @Nullable Object step(HttpSession session, List<String> words) {
        return switch (words.get(0)) {
            case "id" -> session.getId();
            case "accessed" -> session.getLastAccessedTime();
            case "interval" -> session.getMaxInactiveInterval();
            case "get" -> session.getAttribute(words.get(1));
            case "names" -> new TreeSet<>(Collections.list(session.getAttributeNames()));
            default -> {
                change(session, words);
                yield "done";
            }
        };
    }

    private static void change(HttpSession session, List<String> words) {
        switch (words.get(0)) {
            case "set" -> session.setAttribute(words.get(1), words.get(2));
            case "set-list" -> session.setAttribute(words.get(1), new ArrayList<>(words.subList(2, words.size())));
            case "add-to-list" -> list(session.getAttribute(words.get(1))).add(words.get(2));
            case "remove" -> session.removeAttribute(words.get(1));
            case "set-interval" -> session.setMaxInactiveInterval(Integer.parseInt(words.get(1)));
            case "invalidate" -> session.invalidate();
            default -> throw new IllegalArgumentException("no such step: " + words);
        }
    }

    @SuppressWarnings("unchecked") // the scripts put nothing but lists of strings there
    private static List<String> list(Object value) {
        return (List<String>) value;
    }
}
