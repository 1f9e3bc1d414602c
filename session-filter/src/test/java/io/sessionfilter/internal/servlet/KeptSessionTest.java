package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.sessionfilter.internal.config.CookieSecure;
import io.sessionfilter.internal.servlet.listener.SessionListeners;
import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.session.SessionManager;
import io.sessionfilter.internal.session.SessionUse;
import io.sessionfilter.testkit.Await;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.HttpSession;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** A session object that the application has kept when its request was over. */
class KeptSessionTest {
    private final FakeSessions sessions = new FakeSessions();
    private final ServletContext context = mock();
    private final AtomicReference<@Nullable HttpSession> kept = new AtomicReference<>();

    KeptSessionTest() {
        SessionCookieConfig cookieConfig = mock();
        when(context.getSessionCookieConfig()).thenReturn(cookieConfig);
        when(context.getContextPath()).thenReturn("/app");
        when(context.getEffectiveSessionTrackingModes()).thenReturn(Set.of(SessionTrackingMode.COOKIE));
    }

    private void run(ContainerRequest request, FilterChain application) throws Exception {
        run(sessions, request, application);
    }

    private void run(SessionManager manager, ContainerRequest request, FilterChain application) throws Exception {
        SessionDispatch.over(
                        manager,
                        new SessionListeners(List.of()),
                        context,
                        "JSESSIONID",
                        new ServletSettings(true, CookieSecure.AUTO, null))
                .doFilter(request, new HttpServletResponseWrapper(mock()), application);
    }

    private HttpSession keepOneOfARequest() throws Exception {
        run(new ContainerRequest(), (incoming, outgoing) -> kept.set(((HttpServletRequest) incoming).getSession()));
        return Objects.requireNonNull(kept.get());
    }

    @Test
    void holdsNoObjectsOfTheContainer() throws Exception {
        ContainerRequest request = new ContainerRequest();
        WeakReference<Object> ofTheContainer = new WeakReference<>(request);
        run(request, (incoming, outgoing) -> {
            HttpSession session = ((HttpServletRequest) incoming).getSession();
            session.setAttribute("a", "1");
            kept.set(session);
        });
        request = null;

        Await.until("the container's request can be collected", () -> {
            System.gc();
            return ofTheContainer.get() == null;
        });
        assertThat(Objects.requireNonNull(kept.get()).getAttribute("a")).isEqualTo("1");
    }

    @Test
    void sessionThatEndedWithinItsRequestHoldsNoneEither() throws Exception {
        ContainerRequest request = new ContainerRequest();
        WeakReference<Object> ofTheContainer = new WeakReference<>(request);
        run(request, (incoming, outgoing) -> {
            HttpSession session = ((HttpServletRequest) incoming).getSession();
            session.invalidate();
            ((HttpServletRequest) incoming).getSession();
            kept.set(session);
        });
        request = null;

        Await.until("the container's request can be collected", () -> {
            System.gc();
            return ofTheContainer.get() == null;
        });
        assertThat(Objects.requireNonNull(kept.get()).getId()).isNotEmpty();
    }

    @Test
    void whatIsSetIsStoredAtOnce() throws Exception {
        HttpSession session = keepOneOfARequest();

        session.setAttribute("a", "1");

        assertThat(sessions.storedInAll()).containsEntry("a", "1");
    }

    @Test
    void whatIsRemovedIsRemovedFromTheStoreAtOnce() throws Exception {
        HttpSession session = keepOneOfARequest();
        session.setAttribute("a", "1");
        session.setAttribute("b", "1");

        session.removeAttribute("a");
        assertThat(sessions.storedInAll()).doesNotContainKey("a");
        session.setAttribute("b", null);
        assertThat(sessions.storedInAll()).doesNotContainKey("b");
    }

    @Test
    void changedTimeoutIsStoredAtOnce() throws Exception {
        HttpSession session = keepOneOfARequest();
        long before = sessions.events("commit");

        session.setMaxInactiveInterval(77);

        assertThat(sessions.events("commit")).isEqualTo(before + 1);
    }

    @Test
    void readingCommitsNothing() throws Exception {
        HttpSession session = keepOneOfARequest();
        long before = sessions.events("commit");

        session.getAttribute("a");
        session.getAttributeNames();
        session.getCreationTime();
        session.getId();

        assertThat(sessions.events("commit")).isEqualTo(before);
    }

    @Test
    void withinItsRequestChangesAreStoredTogether() throws Exception {
        run(new ContainerRequest(), (incoming, outgoing) -> {
            HttpSession session = ((HttpServletRequest) incoming).getSession();
            session.setAttribute("a", "1");
            session.setAttribute("b", "1");
            session.removeAttribute("a");
            session.setMaxInactiveInterval(77);
            assertThat(sessions.events("commit")).isZero();
        });

        assertThat(sessions.events("commit")).isEqualTo(1);
    }

    /** The worst moment: the last commit of the request has read the attributes, and nobody will come after it. */
    @Test
    void changeDuringTheLastCommitOfTheRequestIsStored() throws Exception {
        run(new ContainerRequest(), (incoming, outgoing) -> {
            HttpSession session = ((HttpServletRequest) incoming).getSession();
            sessions.afterNextCommit(() -> session.setAttribute("a", "1"));
        });

        assertThat(sessions.storedInAll()).containsEntry("a", "1");
    }

    @Test
    void changeDuringTheLastCommitOfAnAsynchronousRequestIsStored() throws Exception {
        AsyncContext async = mock();
        ContainerRequest request = new ContainerRequest();
        request.async = async;
        run(request, (incoming, outgoing) -> {
            kept.set(((HttpServletRequest) incoming).getSession());
            incoming.startAsync();
        });
        HttpSession session = Objects.requireNonNull(kept.get());
        ArgumentCaptor<AsyncListener> listener = ArgumentCaptor.forClass(AsyncListener.class);
        verify(async).addListener(listener.capture());
        session.setAttribute("a", "1");
        assertThat(sessions.storedInAll()).as("as long as the request goes on").isEmpty();
        sessions.afterNextCommit(() -> session.setAttribute("b", "1"));

        listener.getValue().onComplete(new AsyncEvent(async));

        assertThat(sessions.storedInAll()).containsOnlyKeys("a", "b");
    }

    @Test
    void changeOfASessionThatHasEndedUnnoticedIsRefused() throws Exception {
        SessionUse use = mock();
        when(use.id()).thenReturn(new SessionId("FakeSessionKey00000000", "n1", "jvm1"));
        when(use.isValid()).thenReturn(true);
        SessionManager manager = mock();
        when(manager.create(0)).thenReturn(use);
        run(
                manager,
                new ContainerRequest(),
                (incoming, outgoing) -> kept.set(((HttpServletRequest) incoming).getSession()));
        HttpSession session = Objects.requireNonNull(kept.get());
        when(use.commit()).thenAnswer(call -> {
            when(use.isValid()).thenReturn(false);
            return SessionUse.Commit.ENDED;
        });

        assertThatThrownBy(() -> session.setAttribute("a", "1")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.removeAttribute("a")).isInstanceOf(IllegalStateException.class);
        session.setMaxInactiveInterval(77);
    }

    /** The heart lets them, for as long as it tells them of the end. */
    @Test
    void listenersThatSeeASessionOffMayChangeIt() throws Exception {
        SessionUse use = mock();
        when(use.isValid()).thenReturn(true);
        when(use.commit()).thenReturn(SessionUse.Commit.ENDED);
        HttpSession session = SessionViews.of(use, FilterContexts.bare(), null);

        session.setAttribute("a", "1");
        session.removeAttribute("a");

        verify(use).setAttribute("a", "1");
        verify(use).removeAttribute("a");
    }

    @Test
    void errorPageAfterTheEndOfTheRequestStoresItsChangesTogether() throws Exception {
        ContainerRequest request = new ContainerRequest();
        SessionDispatch dispatch = SessionDispatch.over(
                sessions,
                new SessionListeners(List.of()),
                context,
                "JSESSIONID",
                new ServletSettings(true, CookieSecure.AUTO, null));
        HttpServletResponseWrapper response = new HttpServletResponseWrapper(mock());
        dispatch.doFilter(
                request, response, (incoming, outgoing) -> kept.set(((HttpServletRequest) incoming).getSession()));
        HttpSession session = Objects.requireNonNull(kept.get());
        request.type = DispatcherType.ERROR;
        long before = sessions.events("commit");

        dispatch.doFilter(request, response, (incoming, outgoing) -> {
            session.setAttribute("a", "1");
            session.setAttribute("b", "1");
            assertThat(sessions.events("commit")).isEqualTo(before);
        });

        assertThat(sessions.storedInAll()).containsOnlyKeys("a", "b");
        session.setAttribute("c", "1");
        assertThat(sessions.storedInAll()).containsOnlyKeys("a", "b", "c");
    }

    /** Keeps its attributes itself, as a container's does, and is held by nobody but those who should not. */
    private static final class ContainerRequest extends HttpServletRequestWrapper {
        private final Map<String, Object> attributes = new HashMap<>();
        private DispatcherType type = DispatcherType.REQUEST;
        private @Nullable AsyncContext async;

        ContainerRequest() {
            super(mock(HttpServletRequest.class));
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return attributes.get(name);
        }

        @Override
        public void setAttribute(String name, Object value) {
            attributes.put(name, value);
        }

        @Override
        public DispatcherType getDispatcherType() {
            return type;
        }

        @Override
        public String getRequestURI() {
            return "/app/s";
        }

        @Override
        public Cookie @Nullable [] getCookies() {
            return null;
        }

        @Override
        public AsyncContext startAsync(
                jakarta.servlet.ServletRequest request, jakarta.servlet.ServletResponse response) {
            return Objects.requireNonNull(async);
        }

        @Override
        public boolean isAsyncStarted() {
            return async != null;
        }

        @Override
        public java.util.Enumeration<String> getHeaders(String name) {
            return java.util.Collections.enumeration(List.of());
        }
    }
}
