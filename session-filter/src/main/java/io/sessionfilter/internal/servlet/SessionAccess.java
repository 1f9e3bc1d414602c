package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.SessionUse;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to one session from outside of any request. Opens it anew each time, as a request does: holds nothing but its id, and may be kept
 * for as long as one likes.
 *
 * <p>Public for the root package.
 */
public final class SessionAccess {
    private static final String ATTRIBUTE = "io.sessionfilter.sessions";

    /** What is changed is committed when the work is done; nobody is told that a session was invalidated. */
    private static final SessionScope SCOPE = view -> {};

    private final FilterContext filter;
    private final SessionId id;

    SessionAccess(FilterContext filter, SessionId id) {
        this.filter = filter;
        this.id = id;
    }

    /** Makes the sessions of a filter known to those who have nothing but the servlet context. Of several filters the first one counts. */
    static void publish(FilterContext filter) {
        if (filter.servletContext().getAttribute(ATTRIBUTE) == null) {
            filter.servletContext().setAttribute(ATTRIBUTE, filter);
        }
    }

    static void withdraw(FilterContext filter) {
        if (filter.servletContext().getAttribute(ATTRIBUTE) == filter) {
            filter.servletContext().removeAttribute(ATTRIBUTE);
        }
    }

    /** The way to a session that a request was given; {@code null}: it is none of ours. */
    public static @Nullable SessionAccess to(HttpSession session) {
        return session instanceof HttpSessionView view ? view.access() : null;
    }

    /**
     * Finds the session of an id.
     *
     * @param id as a client sends it, or as {@link HttpSession#getId()} returns it
     * @return {@code null} if there is none
     * @throws UncheckedIOException if nobody knows
     */
    public static @Nullable SessionAccess find(ServletContext context, String id) {
        return context.getAttribute(ATTRIBUTE) instanceof FilterContext filter ? find(filter, List.of(id)) : null;
    }

    /**
     * Finds the session that a request asks for by its cookies.
     *
     * @param headers the values of its headers by name, in whatever case
     * @return {@code null} if there is none
     * @throws UncheckedIOException if none was found, and nobody knows of some
     */
    public static @Nullable SessionAccess find(ServletContext context, Map<String, List<String>> headers) {
        return context.getAttribute(ATTRIBUTE) instanceof FilterContext filter
                ? find(filter, CandidateIds.inHeaders(headers, filter.cookie().name()))
                : null;
    }

    private static @Nullable SessionAccess find(FilterContext filter, List<String> candidates) {
        boolean unknown = false;
        for (String text : candidates.subList(0, Math.min(candidates.size(), CandidateIds.MAX_ASKED))) {
            SessionId id = SessionId.parse(text);
            Opened opened = id == null ? new Opened.Absent() : filter.sessions().open(id);
            if (opened instanceof Opened.Live live) {
                live.session().active(false);
                return new SessionAccess(filter, live.session().id());
            }
            unknown |= opened instanceof Opened.Unknown;
        }
        if (unknown) {
            throw unavailable();
        }
        return null;
    }

    /** The session's id, without hints for balancers. */
    public String id() {
        return id.key();
    }

    /**
     * Opens the session and lets the work use it. What that has changed is committed when this returns, and when it throws.
     *
     * @throws IllegalStateException if the session has ended, or has another id by now
     * @throws UncheckedIOException if nobody knows: its memcached node cannot be asked, and this app node has no copy
     */
    public <T extends @Nullable Object> T call(Function<? super HttpSession, ? extends T> work) {
        SessionUse use = open();
        HttpSessionView view = SessionViews.of(use, filter, SCOPE);
        try {
            return work.apply(view);
        } finally {
            view.scope(null);
            try {
                use.commit();
            } finally {
                use.active(false);
            }
        }
    }

    /** As {@link #call}, of work without a result. */
    public void run(Consumer<? super HttpSession> work) {
        this.<@Nullable Void>call(session -> {
            work.accept(session);
            return null;
        });
    }

    private SessionUse open() {
        Opened opened = filter.sessions().open(id);
        if (opened instanceof Opened.Live live) {
            return live.session();
        }
        if (opened instanceof Opened.Unknown) {
            throw unavailable();
        }
        throw new IllegalStateException("the session has ended, or has another id by now");
    }

    private static UncheckedIOException unavailable() {
        return new UncheckedIOException(
                new IOException("whether there is such a session cannot be known: its memcached node"
                        + " does not answer, and this app node has no copy"));
    }
}
