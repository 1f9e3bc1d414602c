package io.sessionfilter.testkit.chaos;

import io.sessionfilter.simulation.Recording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client of one application that keeps its session cookie, and whose requests are recorded. Safe for use by many threads. */
final class Visitor {
    private static final String NOTHING = "-";
    private static final int TIMEOUT_SECONDS = 1800;

    private final Cluster cluster;
    private final String path;
    private final Recording recording;
    private volatile @Nullable String cookie;

    Visitor(Cluster cluster, String path, Recording recording) {
        this.cluster = cluster;
        this.path = path;
        this.recording = recording;
    }

    @Nullable
    String cookie() {
        return cookie;
    }

    void forget() {
        cookie = null;
    }

    /** What the last part of the cookie says; 1 if there is none. */
    int route() {
        String current = cookie;
        return current != null && current.endsWith(".jvm2") ? 2 : 1;
    }

    /** Begins a session if there is none. */
    Optional<Reply> begin(int appNode, String... changes) {
        return visit(appNode, cookie, true, changes);
    }

    /**
     * Looks at all of the session, and changes it.
     *
     * @param changes names of attributes to put; {@code log} is a list that is appended to, {@code end} invalidates
     * @return empty: no answer came
     */
    Optional<Reply> visit(int appNode, String... changes) {
        return visit(appNode, cookie, false, changes);
    }

    /** As {@link #visit}, with another cookie than the latest. */
    Optional<Reply> visitWith(String otherCookie, int appNode, String... changes) {
        return visit(appNode, otherCookie, false, changes);
    }

    private Optional<Reply> visit(int appNode, @Nullable String sent, boolean begins, String... changes) {
        Recording.Request request = recording.sent(appNode, sent);
        List<String> steps = new ArrayList<>(List.of("look"));
        if (begins) {
            steps.add("begin");
        }
        Map<String, String> stepsOfAttributes = new LinkedHashMap<>();
        for (String change : changes) {
            String step = change.equals("end")
                    ? "end"
                    : change.equals("log") ? "log " + request.token() : "put " + change + " " + request.token();
            steps.add(step);
            if (change.equals("end")) {
                request.willInvalidate();
            } else {
                request.willChange(change);
                stepsOfAttributes.put(change, step);
            }
        }
        Reply reply;
        try {
            reply = Reply.to(cluster.appNode(appNode).baseUri(), path, sent, steps);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (reply.status() != 200) {
            throw new AssertionError("status " + reply.status() + ": " + reply.body());
        }
        record(request, reply, begins, stepsOfAttributes);
        reply.newCookie().ifPresent(told -> cookie = told.isEmpty() ? null : told);
        return Optional.of(reply);
    }

    private static void record(Recording.Request request, Reply reply, boolean begins, Map<String, String> steps) {
        String found = reply.result("look");
        String key = found.equals(NOTHING) ? null : found.split(" ", 2)[0];
        if (reply.body().contains("!IllegalStateException")) {
            request.metItsEnd();
        }
        Map<String, List<String>> changed = new LinkedHashMap<>();
        steps.forEach((attribute, step) -> {
            String before = reply.result(step);
            if (!before.startsWith("!")) {
                changed.put(attribute, tokens(before));
            }
        });
        String begun = begins && key == null ? reply.result("begin") : null;
        request.answered(
                key,
                attributes(found),
                begun,
                TIMEOUT_SECONDS,
                changed,
                reply.find("end").filter("done"::equals).isPresent());
    }

    /** What {@code look} shows after the key. */
    static Map<String, List<String>> attributes(String look) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        Arrays.stream(look.split(" ", -1)).skip(1).forEach(pair -> {
            String[] nameAndTokens = pair.split("=", 2);
            attributes.put(nameAndTokens[0], tokens(nameAndTokens[1]));
        });
        return attributes;
    }

    private static List<String> tokens(String text) {
        return text.equals(NOTHING) ? List.of() : List.of(text.split(";", -1));
    }
}
