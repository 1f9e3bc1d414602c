package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.SessionUse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one filter knows about one request, through all of its dispatches: which session it uses, and what the client has been told. Shared
 * by all our wrappers of the request.
 *
 * <p>Does nothing until it is asked. Requests are not for several threads, but applications use them so, and an asynchronous thread works
 * while the container's is on its way out: they find one session, and send its cookie once.
 */
final class RequestState {
    /** More candidates than that are no accident. */
    private static final int MAX_ASKED = 8;

    private static final Logger log = LoggerFactory.getLogger(RequestState.class);

    private final FilterContext filter;

    /** Held while the session is found or created, and while its cookie is written; never during a commit. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Most requests need none; guarded by the lock. */
    private @Nullable CookieWriter cookies;

    private volatile HttpServletRequest request;
    private volatile HttpServletResponse response;
    private volatile @Nullable SessionRequest incoming;
    private @Nullable CandidateIds candidates;
    private volatile boolean resolved;
    private volatile @Nullable HttpSessionView session;
    /** Which candidate {@link #requested} is; -1: none is live. */
    private int requestedIndex = -1;
    /** The session that the client asked for, as long as it has the key that the client sent. */
    private volatile @Nullable SessionUse requested;

    private volatile boolean responseComplete;
    private volatile @Nullable SessionAsyncContext asyncContext;
    /** Whether the container may have taken its objects back, or given them to another request; sessions of this one may be kept. */
    private volatile boolean over;

    private boolean keptAlive;
    private int depth;

    RequestState(FilterContext filter, HttpServletRequest request, HttpServletResponse response) {
        this.filter = filter;
        this.request = request;
        this.response = response;
    }

    boolean isOf(FilterContext other) {
        return filter.requestAttribute().equals(other.requestAttribute());
    }

    ServletContext servletContext() {
        return filter.servletContext();
    }

    /** A dispatch begins that has brought its own, unwrapped request and response. Cookies go to the outermost response. */
    void moveTo(HttpServletRequest nextRequest, HttpServletResponse nextResponse) {
        if (depth == 0) {
            request = nextRequest;
            response = nextResponse;
            responseComplete = false;
            CookieWriter writer = cookies;
            if (writer != null) {
                writer.moveTo(nextRequest, nextResponse);
            }
        }
    }

    /** The request as the application sees it. */
    void wrapped(SessionRequest wrapper) {
        incoming = wrapper;
    }

    /** Whether the application is within an include, named ones too, which pass no filter: containers ignore much of the response then. */
    boolean isIncluding() {
        SessionRequest wrapper = incoming;
        return wrapper != null && wrapper.getDispatcherType() == DispatcherType.INCLUDE;
    }

    void enter() {
        deepen(1);
        if (over) {
            going(true);
        }
    }

    private HttpSessionView view(SessionUse use) {
        if (over) {
            use.active(false);
        }
        return new HttpSessionView(use, this);
    }

    /** Whether the request goes on: as long as it does, its session does not expire under it. */
    private void going(boolean on) {
        over = !on;
        HttpSessionView used = session;
        if (used != null) {
            used.use().active(on);
        }
    }

    /** Under the lock, since an asynchronous thread may dispatch while the container's leaves. */
    private int deepen(int levels) {
        lock.lock();
        try {
            depth += levels;
            return depth;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A dispatch ends. Never throws: an exception of the application must not be replaced.
     *
     * @param commit whether the dispatch is one after which the response may go out
     */
    void exit(boolean commit) {
        int left = deepen(-1);
        if (commit) {
            commitQuietly();
        }
        if (left == 0) {
            quietly(this::end);
        }
    }

    private void end() {
        try {
            keepAlive();
        } finally {
            if (!request.isAsyncStarted()) {
                going(false);
            }
        }
    }

    /** An asynchronous request has ended. */
    void completed() {
        commitQuietly();
        going(false);
    }

    /** As {@link #commit()}, where an exception would replace that of the application, or keep a request from completing. */
    void commitQuietly() {
        if (session != null) {
            quietly(this::commit);
        }
    }

    /** The session of this request, if there is one. */
    @Nullable
    HttpSessionView findSession() {
        if (!resolved) {
            lock.lock();
            try {
                if (!resolved) {
                    session = open();
                    resolved = true;
                }
            } finally {
                lock.unlock();
            }
        }
        HttpSessionView found = session;
        return found != null && found.use().isValid() ? found : null;
    }

    /** The session of this request, or a new one. */
    HttpSessionView getSession() {
        HttpSessionView found = findSession();
        return found != null ? found : findOrCreate();
    }

    private HttpSessionView findOrCreate() {
        lock.lock();
        try {
            HttpSessionView found = findSession();
            if (found != null) {
                return found;
            }
            requireOpenResponse("no session can be created");
            SessionUse use = filter.sessions().create(filter.maxInactiveInterval());
            HttpSessionView created = view(use);
            session = created;
            sendCookie(use);
            return created;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the session a new key, and returns that. */
    String changeSessionId() {
        HttpSessionView found = findSession();
        if (found == null) {
            throw new IllegalStateException("the request has no session whose id could be changed");
        }
        requireOpenResponse("the session id cannot be changed");
        found.use().changeKey();
        requested = null;
        sendCookie(found.use());
        return found.getId();
    }

    /** The application has invalidated a session. */
    void invalidated(HttpSessionView view) {
        lock.lock();
        try {
            if (view == session && !isResponseGone()) {
                cookies().expire(candidates().hasCookie());
            }
        } finally {
            lock.unlock();
        }
    }

    /** What the client sent, verbatim: the id that was found live, else the first. */
    @Nullable
    String requestedSessionId() {
        CandidateIds ids = candidates();
        return ids.count() == 0 ? null : ids.text(requestedIndex(ids));
    }

    boolean isRequestedSessionIdValid() {
        findSession();
        SessionUse use = requested;
        return use != null && use.isValid();
    }

    boolean isRequestedSessionIdFromCookie() {
        CandidateIds ids = candidates();
        return ids.count() > 0 && ids.isFromCookie(requestedIndex(ids));
    }

    boolean isRequestedSessionIdFromUrl() {
        CandidateIds ids = candidates();
        return ids.count() > 0 && !ids.isFromCookie(requestedIndex(ids));
    }

    /** The id that URLs need to carry, or {@code null} if there is no session, or cookies work. Does not look at the store for cookies. */
    @Nullable
    String idForUrls() {
        if (!filter.idsInUrls() || (!resolved && !candidates().hasUrl())) {
            return null;
        }
        HttpSessionView found = findSession();
        if (found == null || isRequestedSessionIdFromCookie()) {
            return null;
        }
        return found.use().id().toString();
    }

    String encodeUrl(String url, String id) {
        return UrlIds.encode(url, filter.cookie().urlParameter(), id, request);
    }

    /** Before the response may go out: makes durable what was changed until now. Nothing if it has gone out already. */
    void commitBeforeResponse() {
        if (session != null && !isResponseGone()) {
            commitQuietly();
        }
    }

    /** Makes durable what was changed until now, and tells the client its id if that has moved. */
    void commit() {
        HttpSessionView current = session;
        if (current == null) {
            return;
        }
        current.use().commit();
        lock.lock();
        try {
            if (!isResponseGone()) {
                sendCookie(current.use());
                cookies().ensure();
            }
        } finally {
            lock.unlock();
        }
    }

    /** All bytes of the response have been written; some containers do not call it committed then. */
    void responseComplete() {
        responseComplete = true;
    }

    /** The response was reset, and its cookies with it. */
    void responseReset() {
        responseComplete = false;
        if (session != null) {
            lock.lock();
            try {
                cookies().again();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Our wrapper of the container's asynchronous context: the same one as long as that is the same. */
    SessionAsyncContext asyncContext(AsyncContext delegate) {
        SessionAsyncContext current = asyncContext;
        if (current == null || !current.wraps(delegate)) {
            current = new SessionAsyncContext(delegate, this);
            asyncContext = current;
        }
        return current;
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.error("The session of a request could not be committed or kept alive", e);
        }
    }

    private boolean isResponseGone() {
        return over || responseComplete || response.isCommitted();
    }

    private void requireOpenResponse(String consequence) {
        if (isResponseGone()) {
            throw new IllegalStateException("the response has been committed: " + consequence);
        }
    }

    private void sendCookie(SessionUse use) {
        lock.lock();
        try {
            if (filter.idsInCookies() && use.isValid()) {
                cookies().send(use.id().toString());
            }
        } finally {
            lock.unlock();
        }
    }

    private CookieWriter cookies() {
        CookieWriter writer = cookies;
        if (writer == null) {
            writer = new CookieWriter(filter.cookie(), request, response);
            cookies = writer;
        }
        return writer;
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

    private int requestedIndex(CandidateIds ids) {
        if (ids.count() > 1) {
            findSession();
        }
        return Math.max(requestedIndex, 0);
    }

    private @Nullable HttpSessionView open() {
        return firstOf((id, index) ->
                // Unknown is not Absent for the heart; here too nothing is handed out, and getSession() makes a session
                // under a new key.
                filter.sessions().open(id) instanceof Opened.Live live ? opened(live.session(), index) : null);
    }

    /** Asks for each candidate in order, until there is an answer. */
    private <T> @Nullable T firstOf(Question<T> question) {
        CandidateIds ids = candidates();
        if (ids.count() == 0) {
            return null;
        }
        List<String> asked = new ArrayList<>(1);
        T answer = firstOf(question, ids, asked);
        if (answer == null && ids.hasCookie()) {
            CandidateIds all = ids.withHiddenCookies(request, filter.cookie().name());
            candidates = all;
            answer = firstOf(question, all, asked);
        }
        return answer;
    }

    private static <T> @Nullable T firstOf(Question<T> question, CandidateIds ids, List<String> asked) {
        for (int i = 0; i < ids.count() && asked.size() < MAX_ASKED; i++) {
            SessionId id = SessionId.parse(ids.text(i));
            if (id != null && !asked.contains(id.key())) {
                asked.add(id.key());
                T answer = question.ask(id, i);
                if (answer != null) {
                    return answer;
                }
            }
        }
        return null;
    }

    private HttpSessionView opened(SessionUse use, int index) {
        requestedIndex = index;
        requested = use;
        cookies().clientHas(candidates().text(index));
        if (!isResponseGone()) {
            sendCookie(use);
        }
        return view(use);
    }

    /** A request that did not ask for its session keeps it alive all the same. */
    private void keepAlive() {
        if (resolved || keptAlive) {
            return;
        }
        keptAlive = true;
        if (hasCandidates() && !filter.ignored().contain(request)) {
            firstOf((id, index) -> filter.sessions().keepAlive(id) ? id : null);
        }
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

    /** What is asked of a candidate; {@code null}: try the next. */
    private interface Question<T> {
        @Nullable
        T ask(SessionId id, int index);
    }
}
