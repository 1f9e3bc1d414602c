package io.sessionfilter.testkit.chaos;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A browser that knows nothing but the balancer. For use by one thread. */
final class ApacheUser {
    private final Apache apache;
    private final String path;
    private @Nullable String cookie;
    private int moves;

    ApacheUser(Apache apache, String path) {
        this.apache = apache;
        this.path = path;
    }

    Reply run(String... steps) throws IOException {
        Reply reply = Reply.to(apache.baseUri(), path, cookie, List.of(steps));
        int before = route();
        reply.newCookie().ifPresent(told -> cookie = told);
        if (route() != before) {
            moves++;
        }
        return reply;
    }

    /** How often it was told another route than it had. */
    int moves() {
        return moves;
    }

    /** The number of the app node that the cookie names; 0: there is none. */
    int route() {
        String current = cookie;
        return current == null ? 0 : current.charAt(current.length() - 1) - '0';
    }
}
