package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.SessionUse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session that the client of one request asks for: which ids it sent, and which of them is live. Looks at the request when first asked,
 * and at the store only to {@linkplain #open open} or to {@linkplain #keepAlive keep alive}.
 */
final class RequestedSession {
    private static final Logger log = LoggerFactory.getLogger(RequestedSession.class);

    /** No lambdas that hold anything: each request would make one. */
    private static final Question<SessionUse> OPEN = (asking, key, index) -> asking.open(index);

    private static final Question<String> KEEP_ALIVE =
            (asking, key, index) -> asking.filter.sessions().keepAlive(key) ? key : null;

    private final FilterContext filter;
    private HttpServletRequest request;
    private @Nullable CandidateIds candidates;
    /** Which candidate is live; -1: none as far as is known. */
    private volatile int liveIndex = -1;
    /** Whether nobody could tell of some candidate whether it is live. */
    private boolean unknown;

    private boolean keptAlive;
    /** The session found, as long as it has the key that the client sent. */
    private volatile @Nullable SessionUse live;

    RequestedSession(FilterContext filter, HttpServletRequest request) {
        this.filter = filter;
        this.request = request;
    }

    /** The request goes on with another object of the container. */
    void moveTo(HttpServletRequest nextRequest) {
        request = nextRequest;
    }

    /**
     * Asks for each candidate in order until one is live; one thread at a time.
     *
     * @param rejecting whether the request fails if nobody knows of a candidate; else nothing is handed out, and {@code getSession()} makes a
     *     session under a new key
     */
    @Nullable
    SessionUse open(boolean rejecting) {
        unknown = false;
        SessionUse use = firstOf(OPEN);
        if (use == null && unknown && rejecting) {
            throw Refusal.unknown();
        }
        return use;
    }

    private @Nullable SessionUse open(int index) {
        SessionId id = Objects.requireNonNull(SessionId.parse(candidates().text(index)));
        Opened opened = filter.sessions().open(id);
        if (!(opened instanceof Opened.Live found)) {
            unknown |= opened instanceof Opened.Unknown;
            return null;
        }
        liveIndex = index;
        live = found.session();
        return found.session();
    }

    /** Renews the life of the session, without handing it out; once. */
    void keepAlive() {
        if (keptAlive) {
            return;
        }
        keptAlive = true;
        if (hasCandidates() && !filter.ignored().matches(request)) {
            firstOf(KEEP_ALIVE);
        }
    }

    /** The session has got another key than the one that the client asked for. */
    void keyChanged() {
        live = null;
    }

    /** Whether what the client asked for is a live session, as far as {@link #open} has found. */
    boolean isLive() {
        SessionUse use = live;
        return use != null && use.isValid();
    }

    boolean hasCookie() {
        return candidates().hasCookie();
    }

    boolean hasUrl() {
        return candidates().hasUrl();
    }

    /** Whether it takes a look at the store to tell which id counts. */
    boolean isAmbiguous() {
        return candidates().count() > 1;
    }

    /** What the client sent, verbatim: the id that was found live, else the first; {@code null} if there is none. */
    @Nullable
    String text() {
        CandidateIds ids = candidates();
        return ids.count() == 0 ? null : ids.text(index());
    }

    boolean isFromCookie() {
        CandidateIds ids = candidates();
        return ids.count() > 0 && ids.isFromCookie(index());
    }

    boolean isFromUrl() {
        CandidateIds ids = candidates();
        return ids.count() > 0 && !ids.isFromCookie(index());
    }

    private int index() {
        return Math.max(liveIndex, 0);
    }

    private CandidateIds candidates() {
        CandidateIds found = candidates;
        if (found == null) {
            found = CandidateIds.of(
                    request, filter.cookie().name(), filter.cookie().urlParameter());
            candidates = found;
        }
        return found;
    }

    private boolean hasCandidates() {
        try {
            return candidates().count() > 0;
        } catch (RuntimeException e) {
            // Jetty refuses malformed cookies when it is asked for them. Who asks is told; nobody has, and any client
            // could fill the log.
            log.debug("The container does not read the cookies of a request", e);
            return false;
        }
    }

    /** Asks for each candidate in order, until there is an answer. */
    private <T> @Nullable T firstOf(Question<T> question) {
        CandidateIds ids = candidates();
        if (ids.count() == 0) {
            return null;
        }
        String first = SessionId.keyOf(ids.text(0)); // most requests have one id, and it is live
        T answer = first == null ? null : question.ask(this, first, 0);
        if (answer != null) {
            return answer;
        }
        List<String> asked = new ArrayList<>();
        if (first != null) {
            asked.add(first);
        }
        answer = firstOf(question, ids, asked);
        if (answer == null && ids.hasCookie()) {
            CandidateIds all = ids.withHiddenCookies(request, filter.cookie().name());
            candidates = all;
            answer = firstOf(question, all, asked);
        }
        return answer;
    }

    private <T> @Nullable T firstOf(Question<T> question, CandidateIds ids, List<String> asked) {
        for (int i = 0; i < ids.count() && asked.size() < CandidateIds.MAX_ASKED; i++) {
            String key = SessionId.keyOf(ids.text(i));
            if (key != null && !asked.contains(key)) {
                T answer = question.ask(this, key, i);
                if (answer != null) {
                    return answer;
                }
                asked.add(key);
            }
        }
        return null;
    }

    /** What is asked of a candidate; {@code null}: try the next. */
    private interface Question<T> {
        @Nullable
        T ask(RequestedSession asking, String key, int index);
    }
}
