package io.sessionfilter;

import io.sessionfilter.internal.servlet.SessionAccess;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to a session from outside of its requests: from WebSocket endpoints, timers, and threads of the application's own.
 *
 * <pre>{@code
 * public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
 *     SessionAccessor.find(servletContext, request.getHeaders())
 *             .ifPresent(accessor -> config.getUserProperties().put("session", accessor));
 * }
 * ...
 * accessor.access(session -> session.setAttribute("lastMessage", text));
 * }</pre>
 *
 * <p>Does for every container and every version of the Servlet API what {@code HttpSession.getAccessor()} of Servlet 6.1 does, which can be used
 * as well where it is there. Holds nothing but the session's id: keep it for as long as you like. Safe for use by many threads.
 */
public final class SessionAccessor {
    private final SessionAccess session;

    private SessionAccessor(SessionAccess session) {
        this.session = session;
    }

    /**
     * The accessor of a session that a request was given. Does no I/O.
     *
     * @param session as {@code request.getSession()} has returned it
     * @return an accessor that outlives the request
     * @throws IllegalArgumentException if the session is none of {@link SessionFilter}, or is wrapped: {@link #find(ServletContext, String)} takes
     *     its id then
     * @throws IllegalStateException if the session has ended
     */
    public static SessionAccessor of(HttpSession session) {
        SessionAccess found = SessionAccess.to(session);
        if (found == null) {
            throw new IllegalArgumentException(
                    "not a session of SessionFilter: " + session.getClass().getName());
        }
        return new SessionAccessor(found);
    }

    /**
     * Finds a session by its id. Counts as a request of the session, and costs as much.
     *
     * @param context of the web application
     * @param sessionId what {@link HttpSession#getId()} returns, or what a client sends as its session id
     * @return empty if there is no such session, and in an application without a running {@link SessionFilter}; of several filters in one
     *     application, the one that started first is asked
     * @throws UncheckedIOException if nobody knows whether there is: its memcached node cannot be asked, and this app node has no copy
     */
    public static Optional<SessionAccessor> find(ServletContext context, String sessionId) {
        return accessor(SessionAccess.find(context, sessionId));
    }

    /**
     * Finds the session that a request asks for by its cookies: for a WebSocket's handshake, where the container does not offer the request
     * itself. Else as {@link #find(ServletContext, String)}.
     *
     * @param context of the web application
     * @param headers the values of the request's headers by name, in whatever case
     * @return empty if there is no such session
     * @throws UncheckedIOException if none was found, and nobody knows of some
     */
    public static Optional<SessionAccessor> find(ServletContext context, Map<String, List<String>> headers) {
        return accessor(SessionAccess.find(context, headers));
    }

    private static Optional<SessionAccessor> accessor(@Nullable SessionAccess found) {
        return Optional.ofNullable(found).map(SessionAccessor::new);
    }

    /**
     * The session's id. Works after the session's end.
     *
     * @return as {@link HttpSession#getId()} has it
     */
    public String sessionId() {
        return session.id();
    }

    /**
     * Opens the session and lets the work use it, in this thread, as if within a request of the session: that counts as an access, the session does
     * not expire meanwhile, and when this returns, what was changed is stored, in place too. So it is when the work throws.
     *
     * @param work must not use the session later
     * @throws IllegalStateException if the session has ended, or if its id was changed since this accessor was made
     * @throws UncheckedIOException if nobody knows: its memcached node cannot be asked, and this app node has no copy
     */
    public void access(Consumer<? super HttpSession> work) {
        session.run(work);
    }

    /**
     * As {@link #access}, of work that has a result.
     *
     * @param <T> of the result
     * @param work must not use the session later
     * @return what the work returned
     */
    public <T extends @Nullable Object> T apply(Function<? super HttpSession, ? extends T> work) {
        return session.call(work);
    }
}
