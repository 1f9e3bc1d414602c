package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.sessionfilter.internal.config.CookieSecure;
import io.sessionfilter.internal.servlet.listener.SessionListeners;
import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.session.SessionManager;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** Passes through the filter of which the test decides what the container does, and when. */
class SessionDispatchTest {
    private final FakeSessions sessions = new FakeSessions();
    private final ServletContext context = mock();
    private final HttpServletRequest request = mock();
    private final HttpServletResponse response = mock();

    SessionDispatchTest() {
        SessionCookieConfig cookieConfig = mock();
        when(context.getSessionCookieConfig()).thenReturn(cookieConfig);
        when(context.getContextPath()).thenReturn("/app");
        when(context.getEffectiveSessionTrackingModes()).thenReturn(Set.of(SessionTrackingMode.COOKIE));
        Map<String, Object> attributes = new HashMap<>();
        when(request.getDispatcherType()).thenReturn(DispatcherType.REQUEST);
        when(request.getRequestURI()).thenReturn("/app/s");
        when(request.getAttribute(anyString())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(request)
                .setAttribute(anyString(), any());
        when(response.getHeaders("Set-Cookie")).thenReturn(List.of());
    }

    private SessionDispatch dispatch(SessionManager manager) {
        return SessionDispatch.over(
                manager,
                new SessionListeners(List.of()),
                context,
                "JSESSIONID",
                new ServletSettings(true, CookieSecure.AUTO, null));
    }

    private void run(FilterChain application) throws Exception {
        dispatch(sessions).doFilter(request, response, application);
    }

    @Test
    void sessionKeptFromAnEarlierRequestCanBeInvalidatedAndTouchesNoResponseThatIsOver() throws Exception {
        AtomicReference<@Nullable HttpSession> kept = new AtomicReference<>();
        run((incoming, outgoing) -> kept.set(((HttpServletRequest) incoming).getSession()));
        // Tomcat's objects refuse once the request is over; where they are used again, it is by another client's
        // request.
        when(response.isCommitted()).thenThrow(new IllegalStateException("recycled"));
        clearInvocations(response);

        Objects.requireNonNull(kept.get()).invalidate();

        assertThat(sessions.count()).isZero();
        verifyNoInteractions(response);
    }

    @Test
    void sessionIsInUseAsLongAsTheRequestGoesOn() throws Exception {
        run((incoming, outgoing) -> {
            ((HttpServletRequest) incoming).getSession();
            assertThat(sessions.activeUses()).as("within the request").isEqualTo(1);
        });

        assertThat(sessions.activeUses()).as("after the request").isZero();
        when(request.getDispatcherType()).thenReturn(DispatcherType.ERROR);
        run((incoming, outgoing) -> {});
        assertThat(sessions.activeUses()).as("after its error dispatch").isZero();
    }

    @Test
    void sessionIsInUseUntilAnAsynchronousRequestHasCompleted() throws Exception {
        AsyncContext async = mock();
        when(request.startAsync(any(), any())).thenReturn(async);
        when(request.isAsyncStarted()).thenReturn(true);
        AtomicReference<@Nullable HttpServletRequest> seen = new AtomicReference<>();
        run((incoming, outgoing) -> {
            ((HttpServletRequest) incoming).getSession();
            incoming.startAsync();
            seen.set((HttpServletRequest) incoming);
        });
        assertThat(sessions.activeUses()).as("while it goes on").isEqualTo(1);

        ArgumentCaptor<AsyncListener> listener = ArgumentCaptor.forClass(AsyncListener.class);
        verify(async).addListener(listener.capture());
        listener.getValue().onComplete(new AsyncEvent(async));

        assertThat(sessions.activeUses()).as("when it has completed").isZero();
        Objects.requireNonNull(seen.get()).getSession();
        assertThat(sessions.activeUses()).as("whatever is asked later").isZero();
    }

    @Test
    void asynchronousRequestIsOverWhenItHasCompleted() throws Exception {
        AsyncContext async = mock();
        when(request.startAsync(any(), any())).thenReturn(async);
        when(request.isAsyncStarted()).thenReturn(true);
        AtomicReference<@Nullable HttpServletRequest> seen = new AtomicReference<>();
        run((incoming, outgoing) -> {
            incoming.startAsync();
            seen.set((HttpServletRequest) incoming);
        });
        HttpSession session = Objects.requireNonNull(seen.get()).getSession();
        verify(response).addCookie(any());
        ArgumentCaptor<AsyncListener> listener = ArgumentCaptor.forClass(AsyncListener.class);
        verify(async).addListener(listener.capture());
        listener.getValue().onComplete(new AsyncEvent(async));
        clearInvocations(response);

        session.invalidate();

        verifyNoInteractions(response);
    }

    @Test
    void errorPageAfterTheEndOfARequestGoesOnWithIt() throws Exception {
        SessionDispatch dispatch = dispatch(sessions);
        dispatch.doFilter(request, response, (incoming, outgoing) -> {});
        when(request.getDispatcherType()).thenReturn(DispatcherType.ERROR);

        dispatch.doFilter(request, response, (incoming, outgoing) -> ((HttpServletRequest) incoming).getSession());

        verify(response).addCookie(any());
    }

    @Test
    void threadsOfOneRequestHaveTheSameSession() throws Exception {
        String id = sessions.existing(Map.of());
        when(request.getCookies()).thenReturn(new Cookie[] {new Cookie("JSESSIONID", id)});
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        SessionManager slow = mock();
        when(slow.open(any())).thenAnswer(call -> {
            asking.countDown();
            assertThat(answer.await(10, TimeUnit.SECONDS)).isTrue();
            return sessions.open(call.<SessionId>getArgument(0));
        });
        dispatch(slow).doFilter(request, response, (incoming, outgoing) -> {
            FutureTask<@Nullable HttpSession> first =
                    new FutureTask<>(() -> ((HttpServletRequest) incoming).getSession(false));
            FutureTask<@Nullable HttpSession> second =
                    new FutureTask<>(() -> ((HttpServletRequest) incoming).getSession(false));
            try {
                new Thread(first, "first").start();
                assertThat(asking.await(10, TimeUnit.SECONDS)).isTrue();
                Thread other = new Thread(second, "second");
                other.start();
                while (other.getState() == Thread.State.RUNNABLE || other.getState() == Thread.State.NEW) {
                    Thread.onSpinWait();
                }
                answer.countDown();
                HttpSession found = first.get(10, TimeUnit.SECONDS);
                assertThat(found).isNotNull();
                assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(found);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void threadsOfOneRequestThatFindNoSessionMakeOne() throws Exception {
        CountDownLatch creating = new CountDownLatch(1);
        CountDownLatch created = new CountDownLatch(1);
        SessionManager slow = mock();
        when(slow.create(anyInt())).thenAnswer(call -> {
            creating.countDown();
            assertThat(created.await(10, TimeUnit.SECONDS)).isTrue();
            return sessions.create(call.<Integer>getArgument(0));
        });
        dispatch(slow).doFilter(request, response, (incoming, outgoing) -> {
            FutureTask<HttpSession> first = new FutureTask<>(() -> ((HttpServletRequest) incoming).getSession());
            FutureTask<HttpSession> second = new FutureTask<>(() -> ((HttpServletRequest) incoming).getSession());
            try {
                new Thread(first, "first").start();
                assertThat(creating.await(10, TimeUnit.SECONDS)).isTrue();
                Thread other = new Thread(second, "second");
                other.start();
                while (other.getState() == Thread.State.RUNNABLE || other.getState() == Thread.State.NEW) {
                    Thread.onSpinWait();
                }
                created.countDown();
                assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(first.get(10, TimeUnit.SECONDS));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });

        assertThat(sessions.count()).isEqualTo(1);
        verify(response).addCookie(any());
    }

    @Test
    void sessionAskedForByItsOwnCreationIsRefusedRatherThanWaitedFor() throws Exception {
        SessionManager asking = mock();
        AtomicReference<@Nullable HttpServletRequest> seen = new AtomicReference<>();
        when(asking.create(anyInt())).thenAnswer(call -> {
            assertThatThrownBy(() -> Objects.requireNonNull(seen.get()).getSession())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("being opened");
            return sessions.create(call.<Integer>getArgument(0));
        });

        dispatch(asking).doFilter(request, response, (incoming, outgoing) -> {
            seen.set((HttpServletRequest) incoming);
            assertThat(((HttpServletRequest) incoming).getSession()).isNotNull();
        });

        assertThat(sessions.count()).isEqualTo(1);
    }

    @Test
    void sessionThatCouldNotBeAskedForIsAskedForAgain() throws Exception {
        String id = sessions.existing(Map.of("a", "1"));
        when(request.getCookies()).thenReturn(new Cookie[] {new Cookie("JSESSIONID", id)});
        SessionManager failing = mock();
        when(failing.open(any()))
                .thenThrow(new IllegalArgumentException("a heart that breaks its contract"))
                .thenAnswer(call -> sessions.open(call.<SessionId>getArgument(0)));
        AtomicReference<@Nullable Object> seen = new AtomicReference<>();

        dispatch(failing).doFilter(request, response, (incoming, outgoing) -> {
            try {
                ((HttpServletRequest) incoming).getSession();
            } catch (IllegalArgumentException e) {
                seen.set(((HttpServletRequest) incoming).getSession().getAttribute("a"));
            }
        });

        assertThat(seen.get()).isEqualTo("1");
        verify(failing, never()).create(1800);
    }

    @Test
    void sessionWhoseCookieTheContainerRefusedIsInUseByNobodyWhenTheRequestIsOver() throws Exception {
        sessions.route = "jvm0"; // so that the client is to be told another id than the one it has sent
        String id = sessions.existing(Map.of("a", "1"));
        sessions.route = "jvm1";
        when(request.getCookies()).thenReturn(new Cookie[] {new Cookie("JSESSIONID", id)});
        doThrow(new IllegalArgumentException("no such cookie")).when(response).addCookie(any());

        run((incoming, outgoing) -> {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> ((HttpServletRequest) incoming).getSession())
                        .isInstanceOf(IllegalArgumentException.class);
            }
        });

        assertThat(sessions.activeUses()).isZero();
    }

    @Test
    void dispatchOfWrappersThatAreNotHttpIsCommittedToo() throws Exception {
        SessionDispatch dispatch = dispatch(sessions);
        dispatch.doFilter(request, response, (incoming, outgoing) -> {
            ((HttpServletRequest) incoming).getSession();
            dispatch.doFilter(
                    new ServletRequestWrapper(incoming),
                    new ServletResponseWrapper(outgoing),
                    (inner, innerResponse) ->
                            ((HttpServletRequest) incoming).getSession().setAttribute("a", "1"));
            assertThat(sessions.storedInAll()).containsEntry("a", "1");
        });
    }

    @Test
    void filtersOfOneApplicationShareNoState() throws Exception {
        FakeSessions others = new FakeSessions();
        SessionDispatch outer = dispatch(sessions);
        SessionDispatch inner = dispatch(others);

        outer.doFilter(request, response, (incoming, outgoing) -> {
            ((HttpServletRequest) incoming).getSession().setAttribute("a", "1");
            inner.doFilter(
                    incoming,
                    outgoing,
                    (innermost, innermostResponse) ->
                            ((HttpServletRequest) innermost).getSession().setAttribute("b", "2"));
            assertThat(others.storedInAll()).containsOnly(Map.entry("b", "2"));
            assertThat(sessions.events("commit")).isZero();
        });

        assertThat(sessions.storedInAll()).containsOnly(Map.entry("a", "1"));
        assertThat(sessions.count() + others.count()).isEqualTo(2);
    }

    @Test
    void contentLengthThatIsTakenBackSaysNothing() throws Exception {
        when(response.getWriter()).thenReturn(new PrintWriter(new StringWriter()));
        when(response.getCharacterEncoding()).thenReturn("UTF-8");
        when(response.getBufferSize()).thenReturn(8192);
        run((incoming, outgoing) -> {
            outgoing.setContentLength(4);
            ((HttpServletResponse) outgoing).setHeader("Content-Length", null);
            outgoing.getWriter().print("longer");
            ((HttpServletRequest) incoming).getSession().setAttribute("a", "1");
        });

        verify(response).setHeader("Content-Length", null);
        assertThat(sessions.storedInAll()).containsEntry("a", "1");
    }
}
