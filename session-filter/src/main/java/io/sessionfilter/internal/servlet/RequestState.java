package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.session.SessionUse;
import io.sessionfilter.internal.session.SessionUse.Commit;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.PushBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request through all of its dispatches, as one filter sees it: its session, and its life from the first dispatch to the end of the last.
 * Shared by all our wrappers of the request. What the client asked for is in {@link RequestedSession}, what it is told in {@link OutgoingId}.
 *
 * <p>Does nothing until it is asked. Requests are not for several threads, but applications use them so, and an asynchronous thread works
 * while the container's is on its way out: they find one session, and send its cookie once. No lock is held while the store is asked: one
 * thread asks, and the others wait for what it finds.
 */
final class RequestState implements SessionScope {
    private static final Logger log = LoggerFactory.getLogger(RequestState.class);
    private static final String NOT_QUIET = "The session of a request could not be committed or kept alive";

    private static final AtomicReferenceFieldUpdater<RequestState, @Nullable Turn> TURN =
            AtomicReferenceFieldUpdater.newUpdater(RequestState.class, Turn.class, "turn");
    private static final AtomicIntegerFieldUpdater<RequestState> DEPTH =
            AtomicIntegerFieldUpdater.newUpdater(RequestState.class, "depth");

    private final FilterContext filter;
    private final RequestedSession requested;
    private final OutgoingId outgoing;

    /** Of its session; {@code null}: it need not have it to itself. */
    private final @Nullable RequestLock lock;

    private volatile HttpServletRequest request;
    private volatile @Nullable SessionRequest incoming;
    /** Of the thread that is finding or making the session; {@code null}: nobody is. */
    private volatile @Nullable Turn turn;
    /** Whether it is known which session the client asked for, if any. */
    private volatile boolean resolved;

    private volatile @Nullable HttpSessionView session;
    private volatile @Nullable SessionAsyncContext asyncContext;
    /** Whether we are told when the asynchronous cycle under way ends: not of one that was started behind our back. */
    private volatile boolean hearsOfEnd;
    /** Whether the container may have taken its objects back, or given them to another request; sessions of this one may be kept. */
    private volatile boolean over;

    /** Whether an asynchronous request has failed: the container may end it and not tell. */
    private volatile boolean failed;

    /** Why the request fails, though the application has done its work; {@code null}: it does not. */
    private volatile @Nullable Refusal refusal;

    /** How many dispatches are under way, each within the one before. */
    private volatile int depth;

    RequestState(FilterContext filter, HttpServletRequest request, HttpServletResponse response) {
        this.filter = filter;
        this.request = request;
        this.requested = new RequestedSession(filter, request);
        this.outgoing = new OutgoingId(filter, request, response);
        this.lock = RequestLock.of(filter, request);
    }

    boolean isOf(FilterContext other) {
        return filter.requestAttribute().equals(other.requestAttribute());
    }

    /** What the client is told. */
    OutgoingId outgoing() {
        return outgoing;
    }

    /** A dispatch begins that has brought its own, unwrapped request and response. Cookies go to the outermost response. */
    void moveTo(HttpServletRequest nextRequest, HttpServletResponse nextResponse) {
        if (depth == 0) {
            request = nextRequest;
            requested.moveTo(nextRequest);
            outgoing.moveTo(nextRequest, nextResponse);
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
        boolean first = DEPTH.getAndIncrement(this) == 0;
        if (first && hearsOfEnd && !request.isAsyncStarted()) {
            hearsOfEnd = false; // this is the dispatch of that cycle; another one would have to be started
        }
        if (over) {
            going(true);
        } else if (failed) {
            hold(true);
        }
    }

    /**
     * A dispatch ends. Never throws: an exception of the application must not be replaced.
     *
     * @param commit whether the dispatch is one after which the response may go out
     */
    void exit(boolean commit) {
        int left = DEPTH.decrementAndGet(this);
        boolean last = left == 0 && !goesOn();
        if (last) {
            releaseSession();
        }
        if (commit || last) {
            commitQuietly();
            if (refusal != null) {
                quietly(this::refuseUnlessAsynchronous);
            }
        }
        if (left == 0) {
            try { // not quietly(this::end): each request would make an object for that
                end();
            } catch (RuntimeException e) {
                log.error(NOT_QUIET, e);
            }
        }
    }

    private void end() {
        try {
            keepAlive();
        } finally {
            if (!goesOn()) {
                going(false);
            } else if (failed) {
                hold(false);
            }
        }
    }

    /**
     * Whether an asynchronous cycle is under way of whose end we hear. Any other may end at any time: then the request is over for us with its
     * dispatch, begins again with the next one, and what others change meanwhile is committed at once.
     */
    private boolean goesOn() {
        return hearsOfEnd && request.isAsyncStarted();
    }

    /** A request that did not ask for its session keeps it alive all the same. */
    private void keepAlive() {
        if (!resolved) {
            requested.keepAlive();
        }
    }

    /** The request is, or is again, asynchronous. */
    void asynchronous() {
        failed = false;
    }

    /**
     * An asynchronous request has failed. When a servlet's exception was the reason, Tomcat never says that the request is over; so it holds
     * its session from now on only while it is dispatched.
     */
    void failed() {
        failed = true;
        commitQuietly();
        hold(false);
    }

    /** An asynchronous request has ended. */
    void completed() {
        releaseSession();
        commitQuietly();
        going(false);
    }

    /** Whether the request goes on: as long as it does, its session does not expire under it. */
    private void going(boolean on) {
        over = !on;
        HttpSessionView used = session;
        if (used != null) {
            used.scope(on ? this : null);
        }
        hold(on);
    }

    /** Whether the session does not expire under the request, and is its own if it is to be. */
    private void hold(boolean on) {
        HttpSessionView used = session;
        if (used != null) {
            used.use().active(on);
        }
        if (lock != null) {
            if (!on) {
                lock.release();
            } else if (used != null && used.use().isValid()) {
                lock.acquire(used.use());
            }
        }
    }

    /** The last commit is next. Whoever changes the session from now on commits it: no change falls between that and the end. */
    private void releaseSession() {
        HttpSessionView used = session;
        if (used != null) {
            used.scope(null);
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

    /** An asynchronous cycle has begun, and our listener hears of its end. */
    void asyncStarted() {
        hearsOfEnd = true;
    }

    /** The session of this request, if there is one. */
    @Nullable
    HttpSessionView findSession() {
        while (!resolved) {
            inTurn(this::resolve);
        }
        return liveSession();
    }

    /** The session of this request, or a new one. */
    HttpSessionView getSession() {
        HttpSessionView found = findSession();
        while (found == null) {
            AtomicReference<@Nullable HttpSessionView> made = new AtomicReference<>();
            inTurn(() -> made.set(create()));
            HttpSessionView created = made.get();
            if (created != null) {
                filter.listeners().created(created);
                return created;
            }
            found = findSession();
        }
        return found;
    }

    private @Nullable HttpSessionView liveSession() {
        HttpSessionView found = session;
        return found != null && found.use().isValid() ? found : null;
    }

    /** Runs the work, or waits until another thread has run its own: then it is to be seen whether something is left to do. */
    private void inTurn(Runnable work) {
        Turn mine = new Turn();
        if (TURN.compareAndSet(this, null, mine)) {
            try {
                work.run();
            } finally {
                turn = null;
                mine.complete(null);
            }
        } else {
            Turn others = turn;
            if (others != null) {
                others.await();
            }
        }
    }

    private void resolve() {
        if (resolved) {
            return;
        }
        SessionUse use;
        try {
            use = requested.open(filter.rejecting() && refusal == null);
        } catch (Refusal e) {
            refusal = e;
            throw e;
        }
        if (use != null && lock != null) {
            lock.acquire(use);
            if (!use.isValid()) { // by the request that had the lock
                use.active(false);
                use = null;
            }
        }
        if (use != null) {
            begin(use);
            if (!isResponseGone()) {
                tell(use);
            }
        }
        resolved = true;
    }

    private @Nullable HttpSessionView create() {
        if (liveSession() != null) {
            return null; // another thread has made one
        }
        requireOpenResponse("no session can be created");
        SessionUse use = filter.sessions().create(filter.maxInactiveInterval());
        lockNewKey(use);
        HttpSessionView created = begin(use);
        tell(use);
        return created;
    }

    /** Before the client is told: until then nobody else knows the key. */
    private void lockNewKey(SessionUse use) {
        if (lock != null) {
            lock.keyIsNew(use);
            if (over) {
                lock.release();
            }
        }
    }

    /** The request uses this session from now on; if it is over, it lets go of it at once. */
    private HttpSessionView begin(SessionUse use) {
        HttpSessionView before = session;
        if (before != null) { // it has ended, or is the same one, whose client could not be told
            before.scope(null);
            before.use().active(false);
        }
        HttpSessionView view = SessionViews.of(use, filter, this);
        session = view;
        if (over) {
            going(false);
        }
        return view;
    }

    /** Gives the session a new key, and returns that. */
    String changeSessionId() {
        HttpSessionView found = findSession();
        if (found == null) {
            throw new IllegalStateException("the request has no session whose id could be changed");
        }
        requireOpenResponse("the session id cannot be changed");
        String oldId = found.getId();
        found.use().changeKey();
        lockNewKey(found.use());
        requested.keyChanged();
        tell(found.use());
        String newId = found.getId();
        if (found.use().isValid()) {
            filter.listeners().idChanged(found, oldId);
        }
        return newId;
    }

    @Override
    public void invalidated(HttpSessionView view) {
        if (!view.equals(session) || isResponseGone()) {
            return;
        }
        outgoing.expire(requested.hasCookie());
        HttpSessionView next = session;
        if (next != null && !next.equals(view)) {
            tell(next.use()); // another thread has made one, and told the client, before we made it forget
        }
    }

    /** What the client sent, verbatim: the id that was found live, else the first. */
    @Nullable
    String requestedSessionId() {
        return disambiguated().text();
    }

    /** What a container pushes with its response is requested with the session that a request of the client would have now. */
    @SuppressWarnings(
            "deprecation") // deprecated by Servlet 6.1 with nothing in its place; containers may still offer it
    PushBuilder addSessionTo(PushBuilder builder) {
        HttpSessionView found = findSession();
        String id = found != null ? found.use().id().toString() : requested.text();
        if (id == null) {
            return builder;
        }
        builder.sessionId(id);
        if (filter.idsInCookies() && !isRequestedSessionIdFromUrl()) {
            // Containers know the name of their own session cookie only, and some leave a new one out.
            builder.setHeader("Cookie", filter.cookie().replacedIn(builder.getHeader("Cookie"), id));
        }
        return builder;
    }

    boolean isRequestedSessionIdValid() {
        findSession();
        return requested.isLive();
    }

    boolean isRequestedSessionIdFromCookie() {
        return disambiguated().isFromCookie();
    }

    boolean isRequestedSessionIdFromUrl() {
        return disambiguated().isFromUrl();
    }

    private RequestedSession disambiguated() {
        if (requested.isAmbiguous()) {
            findSession();
        }
        return requested;
    }

    /** The URL with the id, if it needs to carry one: there is a session, and cookies do not work. Does not look at the store for cookies. */
    String encodeUrl(String url) {
        if (!filter.idsInUrls() || (!resolved && !requested.hasUrl())) {
            return url;
        }
        HttpSessionView found = findSession();
        return found == null || isRequestedSessionIdFromCookie()
                ? url
                : outgoing.encodeUrl(url, found.use().id().toString());
    }

    /**
     * Before the response may go out: makes durable what was changed until now. Nothing if it has gone out already.
     *
     * @throws Refusal if that is not possible, and the request is to fail then
     */
    void commitBeforeResponse() {
        if (session != null && !isResponseGone()) {
            commitQuietly();
            Refusal failed = refusal;
            if (failed != null && !failed.isAnswered()) {
                throw failed;
            }
        }
    }

    /** Before an asynchronous request completes: as at the end of a dispatch. */
    void commitBeforeCompletion() {
        commitQuietly();
        if (refusal != null) {
            quietly(this::refuse);
        }
    }

    /** An asynchronous request may go on, and complete later. */
    private void refuseUnlessAsynchronous() {
        if (!request.isAsyncStarted()) {
            refuse();
        }
    }

    private void refuse() {
        Refusal failed = refusal;
        if (failed != null && !failed.isAnswered()) {
            outgoing.refuse(failed);
        }
    }

    /** Whether the application has failed for nothing but our refusal, so that the client's answer is ours to give. */
    boolean isRefused(Exception failure) {
        Refusal failed = refusal;
        return failed != null && depth == 1 && !request.isAsyncStarted() && failed.caused(failure);
    }

    /** As {@link #commit()}, where an exception would replace that of the application, or keep a request from completing. */
    void commitQuietly() {
        if (session != null) {
            quietly(this::commit);
        }
    }

    /** Makes durable what was changed until now, and tells the client its id if that has moved. */
    void commit() {
        HttpSessionView current = session;
        if (current != null) {
            Commit done = current.use().commit();
            if (!isResponseGone()) {
                if (filter.rejecting() && refusal == null) {
                    refusal = Refusal.of(done);
                }
                outgoing.ensure(current.use(), requested.text());
            }
        }
    }

    private void tell(SessionUse use) {
        outgoing.tell(use, requested.text());
    }

    private boolean isResponseGone() {
        return over || outgoing.isTooLate();
    }

    private void requireOpenResponse(String consequence) {
        if (isResponseGone()) {
            throw new IllegalStateException("the response has been committed: " + consequence);
        }
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.error(NOT_QUIET, e);
        }
    }

    /** One thread finds or makes the session; those that need it meanwhile wait for the end of this. */
    private static final class Turn extends CompletableFuture<@Nullable Void> {
        private final Thread thread = Thread.currentThread();

        void await() {
            if (thread == Thread.currentThread()) {
                throw new IllegalStateException("the session of this request is asked for while it is being opened");
            }
            join();
        }
    }
}
