package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.session.SessionUse.Commit;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request fails because of {@code storeFailurePolicy=reject}. Thrown where the application cannot go on, through the application to the filter,
 * which answers the client; an error page that is shown then is not refused again.
 */
@SuppressWarnings("serial") // never serialized
final class Refusal extends RuntimeException {
    private static final Logger log = LoggerFactory.getLogger(Refusal.class);

    /** Probes find a node again within a second or so; then there is what was saved meanwhile. */
    private static final String RETRY_AFTER_SECONDS = "5";

    private final int status;
    private volatile boolean answered;

    private Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    static Refusal unknown() {
        return new Refusal(
                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                "memcached cannot be asked whether the session exists (storeFailurePolicy=reject)");
    }

    /** What a commit is refused for; {@code null}: nothing. */
    static @Nullable Refusal of(Commit commit) {
        return switch (commit) {
            case NOTHING, STORED, LATER, ENDED -> null;
            case LOCAL ->
                new Refusal(
                        HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                        "the session cannot be saved (storeFailurePolicy=reject)");
            case TOO_LARGE ->
                new Refusal(
                        HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                        "the session is too large to be saved (storeFailurePolicy=reject)");
        };
    }

    boolean isAnswered() {
        return answered;
    }

    /** Whether this is why something has failed. */
    boolean caused(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause == this) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Tells the client, instead of what the application had to say. */
    void answer(HttpServletResponse response) {
        answered = true;
        try {
            response.reset();
            if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
                response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
            }
            response.sendError(status);
        } catch (IOException e) {
            log.debug("the client has gone", e);
        }
    }
}
