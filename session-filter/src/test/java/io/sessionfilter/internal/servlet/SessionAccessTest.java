package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.sessionfilter.SessionAccessor;
import io.sessionfilter.internal.config.CookieSecure;
import io.sessionfilter.internal.servlet.listener.SessionListeners;
import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.session.SessionManager.Opened;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpSession;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions from outside of requests: by the accessor of our own, and by that of Servlet 6.1. */
class SessionAccessTest {
    private static final String UNKNOWN_ID = "NeverIssuedByAnybody0000-n1.jvm1";

    private final FakeSessions sessions = new FakeSessions();
    private final ServletContext context = context();
    private final SessionDispatch dispatch = dispatch(sessions);
    private final String id = sessions.existing(Map.of("a", "1"));

    private static ServletContext context() {
        ServletContext context = mock();
        SessionCookieConfig cookieConfig = mock();
        when(context.getSessionCookieConfig()).thenReturn(cookieConfig);
        when(context.getContextPath()).thenReturn("/app");
        when(context.getEffectiveSessionTrackingModes()).thenReturn(Set.of(SessionTrackingMode.COOKIE));
        Map<String, Object> attributes = new HashMap<>();
        when(context.getAttribute(anyString())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(context)
                .setAttribute(anyString(), any());
        doAnswer(call -> attributes.remove(call.<String>getArgument(0)))
                .when(context)
                .removeAttribute(anyString());
        return context;
    }

    private SessionDispatch dispatch(FakeSessions of) {
        return SessionDispatch.over(
                of,
                new SessionListeners(List.of()),
                context,
                "JSESSIONID",
                new ServletSettings(true, CookieSecure.AUTO, null));
    }

    private SessionAccessor accessor() {
        return SessionAccessor.find(context, id).orElseThrow();
    }

    /** A request changes the session's id. */
    private void changeId() {
        if (sessions.open(Objects.requireNonNull(SessionId.parse(id))) instanceof Opened.Live live) {
            live.session().changeKey();
            live.session().active(false);
        }
    }

    private static String key(String id) {
        return Objects.requireNonNull(SessionId.parse(id)).key();
    }

    @Test
    void changesAreStoredWhenTheAccessReturns() {
        accessor().access(session -> {
            session.setAttribute("b", "2");
            session.removeAttribute("a");
            assertThat(sessions.events("commit")).as("commits so far").isZero();
        });

        assertThat(sessions.stored(id)).containsExactly(Map.entry("b", "2"));
        assertThat(sessions.events("commit")).isEqualTo(1);
    }

    @Test
    void changesAreStoredWhenTheWorkFails() {
        assertThatThrownBy(() -> accessor().access(session -> {
                    session.setAttribute("b", "2");
                    throw new UnsupportedOperationException("of the application");
                }))
                .isInstanceOf(UnsupportedOperationException.class);

        assertThat(sessions.stored(id)).containsEntry("b", "2");
        assertThat(sessions.activeUses()).isZero();
    }

    @Test
    void accessEndsThoughItsCommitFails() {
        SessionAccessor accessor = accessor();
        sessions.commitFails = true;

        assertThatThrownBy(() -> accessor.access(session -> session.setAttribute("b", "2")))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(sessions.activeUses()).isZero();
    }

    @Test
    void resultOfTheWorkIsReturned() {
        assertThat(accessor().<@Nullable Object>apply(session -> session.getAttribute("a")))
                .isEqualTo("1");
        assertThat(accessor().<@Nullable Object>apply(session -> session.getAttribute("b")))
                .isNull();
    }

    @Test
    void sessionIsOpenedForEachAccessAndInUseMeanwhile() {
        SessionAccessor accessor = accessor();
        long before = sessions.events("open");

        accessor.access(session -> assertThat(sessions.activeUses()).isEqualTo(1));
        accessor.access(session -> assertThat(sessions.activeUses()).isEqualTo(1));

        assertThat(sessions.events("open")).isEqualTo(before + 2);
        assertThat(sessions.activeUses()).isZero();
    }

    @Test
    void sessionKeptFromAnAccessStoresEachChange() {
        AtomicReference<@Nullable HttpSession> kept = new AtomicReference<>();
        accessor().access(kept::set);

        Objects.requireNonNull(kept.get()).setAttribute("b", "2");

        assertThat(sessions.stored(id)).containsEntry("b", "2");
    }

    @Test
    void sessionInvalidatedInAnAccessHasEnded() {
        SessionAccessor accessor = accessor();

        accessor.access(HttpSession::invalidate);

        assertThat(sessions.count()).isZero();
        assertThatThrownBy(() -> accessor.access(session -> {})).isInstanceOf(IllegalStateException.class);
        assertThat(accessor.sessionId()).isEqualTo(key(id));
    }

    @Test
    void accessorIsOfNoUseWhenTheIdHasChanged() {
        AtomicReference<HttpSession.@Nullable Accessor> ofServlet = new AtomicReference<>();
        SessionAccessor accessor = accessor();
        accessor.access(session -> ofServlet.set(session.getAccessor()));
        changeId();

        assertThatThrownBy(() -> accessor.access(session -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Objects.requireNonNull(ofServlet.get()).access(session -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void outageIsNotAnEnd() {
        SessionAccessor accessor = accessor();
        sessions.unknownKeys.add(key(id));

        assertThatThrownBy(() -> accessor.access(session -> {})).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> SessionAccessor.find(context, id)).isInstanceOf(UncheckedIOException.class);
        sessions.unknownKeys.clear();
        accessor.access(session -> session.setAttribute("b", "2"));
        assertThat(sessions.stored(id)).containsEntry("b", "2");
    }

    @Test
    void accessorOfServletStoresToo() {
        AtomicReference<HttpSession.@Nullable Accessor> ofServlet = new AtomicReference<>();
        accessor().access(session -> ofServlet.set(session.getAccessor()));

        Objects.requireNonNull(ofServlet.get()).access(session -> session.setAttribute("b", "2"));

        assertThat(sessions.stored(id)).containsEntry("b", "2");
    }

    @Test
    void endedSessionHasNoAccessor() {
        AtomicReference<@Nullable HttpSession> kept = new AtomicReference<>();
        accessor().access(session -> {
            session.invalidate();
            kept.set(session);
        });

        HttpSession ended = Objects.requireNonNull(kept.get());
        assertThatThrownBy(ended::getAccessor).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SessionAccessor.of(ended)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sessionThatIsNotOursIsRefused() {
        HttpSession foreign = mock();

        assertThatThrownBy(() -> SessionAccessor.of(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(foreign.getClass().getName());
    }

    @Test
    void sessionIsFoundByItsBareIdToo() {
        assertThat(SessionAccessor.find(context, key(id))).isPresent();
        assertThat(SessionAccessor.find(context, UNKNOWN_ID)).isEmpty();
        assertThat(SessionAccessor.find(context, "not an id")).isEmpty();
    }

    @Test
    void findingASessionLeavesItInUseByNobody() {
        accessor();

        assertThat(sessions.activeUses()).isZero();
    }

    @Test
    void sessionIsFoundByTheCookiesOfAHandshake() {
        for (String header : List.of("Cookie", "cookie")) {
            Map<String, List<String>> headers = Map.of(
                    "Host", List.of("example.com"), header, List.of("other=1; JSESSIONID=" + id + "; last=JSESSIONID"));

            assertThat(SessionAccessor.find(context, headers).orElseThrow().sessionId())
                    .isEqualTo(key(id));
        }
        assertThat(SessionAccessor.find(context, Map.of())).isEmpty();
        assertThat(SessionAccessor.find(context, Map.of("Cookie", List.of("XJSESSIONID=" + id))))
                .isEmpty();
    }

    @Test
    void firstLiveSessionOfSeveralCookiesIsFound() {
        String another = sessions.existing(Map.of());
        Map<String, List<String>> headers = Map.of(
                "Cookie",
                List.of(
                        "JSESSIONID=" + UNKNOWN_ID,
                        "JSESSIONID=nonsense; JSESSIONID=" + id + "; JSESSIONID=" + another));

        assertThat(SessionAccessor.find(context, headers).orElseThrow().sessionId())
                .isEqualTo(key(id));
    }

    @Test
    void liveSessionBesideOneThatNobodyKnowsOfIsFound() {
        sessions.unknownKeys.add(key(UNKNOWN_ID));
        Map<String, List<String>> headers =
                Map.of("Cookie", List.of("JSESSIONID=" + UNKNOWN_ID + "; JSESSIONID=" + id));

        assertThat(SessionAccessor.find(context, headers).orElseThrow().sessionId())
                .isEqualTo(key(id));
    }

    @Test
    void floodOfCookiesIsNotAskedFor() {
        List<String> cookies = new ArrayList<>();
        IntStream.range(0, 1000).forEach(i -> cookies.add(String.format("JSESSIONID=NeverIssued%013d", i)));

        assertThat(SessionAccessor.find(context, Map.of("Cookie", cookies))).isEmpty();
        assertThat(sessions.events("open")).isLessThan(10);
    }

    @Test
    void nothingIsFoundWhenTheFilterHasStopped() {
        dispatch.close();

        assertThat(SessionAccessor.find(context, id)).isEmpty();
        assertThat(SessionAccessor.find(context, Map.of("Cookie", List.of("JSESSIONID=" + id))))
                .isEmpty();
    }

    @Test
    void ofSeveralFiltersTheFirstIsAsked() {
        SessionDispatch second = dispatch(new FakeSessions());
        assertThat(SessionAccessor.find(context, id)).isPresent();

        second.close();
        assertThat(SessionAccessor.find(context, id)).isPresent();
    }
}
