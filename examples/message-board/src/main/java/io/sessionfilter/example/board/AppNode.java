package io.sessionfilter.example.board;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who answered: what the footer of each page shows. */
final class AppNode {
    /** {@code <key>-<node>.<route>}: only the node is taken out; the key is a credential, and never shown. */
    private static final Pattern SESSION_ID = Pattern.compile("[^-.]+-(?<node>[A-Za-z0-9_]+)(?:\\.[A-Za-z0-9_-]+)?");

    private static final String NONE = "–";

    private AppNode() {}

    /** Returns the route of this app node, as the containers themselves know it. */
    static String route() {
        return System.getProperty("jvmRoute", NONE);
    }

    /** Returns the memcached node in the session id that the browser sent, or a dash when there is none. */
    static String memcachedNode(HttpServletRequest request) {
        return memcachedNode(request.getRequestedSessionId());
    }

    static String memcachedNode(@Nullable String sessionId) {
        if (sessionId == null) {
            return NONE;
        }
        Matcher matcher = SESSION_ID.matcher(sessionId);
        return matcher.matches() ? matcher.group("node") : NONE;
    }
}
