package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sessionfilter.UndertowApp.Answer;
import io.sessionfilter.UndertowApp.Work;
import io.undertow.servlet.api.ErrorPage;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One session through forwards, includes, error pages and asynchronous requests. */
class DispatchOnUndertowTest {
    private static final Work SET_B = (request, response) -> {
        request.getSession().setAttribute("b", "2");
        response.getWriter().print(request.getSession().getId());
    };

    private final UndertowApp app = new UndertowApp();

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    private static String cookie(String id) {
        return UndertowApp.COOKIE + "=" + id;
    }

    private void assertOneSessionWithBoth(Answer answer) throws InterruptedException {
        app.await(() -> app.sessions.storedInAll().size() == 2);
        assertThat(app.sessions.stored(answer.sessionId())).containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
        assertThat(app.sessions.count()).isEqualTo(1);
    }

    @Test
    void forwardTargetHasTheSessionAndIsCommitted() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getSession().setAttribute("a", "1");
                    request.getRequestDispatcher("/target").forward(request, response);
                })
                .servlet("/target", SET_B)
                .start();

        assertOneSessionWithBoth(app.get("/s"));
    }

    @Test
    void sessionCreatedInAForwardTargetHasItsCookie() throws Exception {
        app.servlet(
                        "/s",
                        (request, response) ->
                                request.getRequestDispatcher("/target").forward(request, response))
                .servlet("/target", SET_B)
                .start();

        assertThat(app.sessions.stored(app.get("/s").sessionId())).containsEntry("b", "2");
    }

    @Test
    void forwardOfTheRawRequestHasTheSameSession() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getSession().setAttribute("a", "1");
                    ServletRequest raw = ((ServletRequestWrapper) request).getRequest();
                    raw.getServletContext()
                            .getRequestDispatcher("/target")
                            .forward(raw, ((ServletResponseWrapper) response).getResponse());
                })
                .servlet("/target", SET_B)
                .start();

        assertOneSessionWithBoth(app.get("/s"));
    }

    @Test
    void sessionCreatedInAnIncludeHasItsCookie() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getRequestDispatcher("/target").include(request, response);
                    request.getSession().setAttribute("a", "1");
                })
                .servlet("/target", SET_B)
                .start();

        assertOneSessionWithBoth(app.get("/s"));
        assertThat(app.sessions.events("commit")).isEqualTo(1);
    }

    @Test
    void lengthOfAnIncludedResourceIsNotThatOfTheResponse() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getRequestDispatcher("/part").include(request, response);
                    request.getServletContext().getNamedDispatcher("servlet1").include(request, response);
                    request.getSession().setAttribute("a", "1");
                })
                .servlet("/part", (request, response) -> {
                    response.setContentLength(4);
                    response.getWriter().print("part");
                })
                .start();

        Answer answer = app.get("/s");

        assertThat(answer.body()).isEqualTo("partpart");
        assertThat(app.sessions.stored(answer.sessionId())).containsEntry("a", "1");
    }

    @Test
    void errorPageSeesTheSessionCreatedBefore() throws Exception {
        app.deployment(deployment -> deployment.addErrorPage(new ErrorPage("/error", 503)))
                .servlet("/s", (request, response) -> {
                    request.getSession().setAttribute("a", "1");
                    response.sendError(503);
                })
                .servlet("/error", SET_B)
                .start();

        assertOneSessionWithBoth(app.get("/s"));
    }

    @Test
    void errorPageOfAnExceptionSeesTheSessionCreatedBefore() throws Exception {
        app.deployment(deployment -> deployment.addErrorPage(new ErrorPage("/error", IllegalStateException.class)))
                .servlet("/s", (request, response) -> {
                    request.getSession().setAttribute("a", "1");
                    throw new IllegalStateException("of the application");
                })
                .servlet("/error", SET_B)
                .start();

        assertOneSessionWithBoth(app.get("/s"));
    }

    @Test
    void sessionCreatedInAnErrorPageHasItsCookie() throws Exception {
        app.deployment(deployment -> deployment.addErrorPage(new ErrorPage("/error", 404)))
                .servlet("/error", SET_B)
                .start();

        assertThat(app.sessions.stored(app.get("/nowhere").sessionId())).containsEntry("b", "2");
    }

    @Test
    void asynchronousThreadMayCreateTheSessionAndIsCommittedBeforeItCompletes() throws Exception {
        app.servlet("/s", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.start(() -> {
                        ((HttpServletRequest) async.getRequest()).getSession().setAttribute("a", "1");
                        async.complete();
                    });
                })
                .start();

        assertThat(app.sessions.stored(app.get("/s").sessionId())).containsEntry("a", "1");
    }

    @Test
    void asynchronousDispatchHasTheSession() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getSession().setAttribute("a", "1");
                    request.startAsync().dispatch("/target");
                })
                .servlet("/target", SET_B)
                .start();

        assertOneSessionWithBoth(app.get("/s"));
    }

    @Test
    void changesAreCommittedBeforeAnAsynchronousDispatch() throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();
        app.servlet("/s", (request, response) -> {
                    AsyncContext async = request.startAsync(request, response);
                    request.getSession().setAttribute("a", "1");
                    async.dispatch("/target");
                    seen.add(app.sessions.storedInAll());
                })
                .servlet("/target", SET_B)
                .start();

        assertOneSessionWithBoth(app.get("/s"));
        assertThat(seen).containsExactly(Map.of("a", "1"));
    }

    @Test
    void asynchronousContextIsTheSameOneAndHasTheOriginals() throws Exception {
        app.servlet("/s", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    response.getWriter()
                            .print((request.getAsyncContext() == async) + " " + async.hasOriginalRequestAndResponse()
                                    + " " + (async.getRequest() == request) + " " + (async.getResponse() == response));
                    async.complete();
                })
                .start();

        assertThat(app.get("/s").body()).isEqualTo("true true true true");
    }

    @Test
    void plainWrappersOfTheApplicationPassThrough() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getSession().setAttribute("a", "1");
                    AsyncContext async = request.startAsync(
                            new ServletRequestWrapper(request), new ServletResponseWrapper(response));
                    async.getResponse()
                            .getWriter()
                            .print(async.getRequest().getClass().getSimpleName());
                    async.complete();
                })
                .start();

        Answer answer = app.get("/s");

        assertThat(answer.body()).isEqualTo("ServletRequestWrapper");
        assertThat(app.sessions.stored(answer.sessionId())).containsEntry("a", "1");
    }

    @Test
    void changesBeforeATimeoutAndInItsListenerAreCommitted() throws Exception {
        app.servlet("/s", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.setTimeout(50);
                    async.addListener(new CompletingListener());
                    request.getSession().setAttribute("a", "1");
                })
                .start();

        assertOneSessionWithBoth(app.get("/s"));
    }

    @Test
    void changesInAListenerAreCommittedWhenItReturns() throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();
        app.servlet("/s", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.setTimeout(50);
                    async.addListener(new CompletingListener() {
                        @Override
                        public void onTimeout(AsyncEvent event) {
                            request.getSession().setAttribute("a", "1");
                        }
                    });
                    async.addListener(new CompletingListener() {
                        @Override
                        public void onTimeout(AsyncEvent event) {
                            seen.add(app.sessions.storedInAll());
                            super.onTimeout(event);
                        }
                    });
                })
                .start();

        assertOneSessionWithBoth(app.get("/s"));
        assertThat(seen).containsExactly(Map.of("a", "1"));
    }

    /** Completes what timed out, as listeners of applications do. */
    private static class CompletingListener implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            ((HttpServletRequest) event.getAsyncContext().getRequest())
                    .getSession()
                    .setAttribute("b", "2");
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    @Test
    void filterMappedTwiceCommitsOnceAndKeepsAliveOnce() throws Exception {
        app.deployment(deployment -> deployment.addFilterUrlMapping("sessions", "/s", DispatcherType.REQUEST))
                .servlet("/s", (request, response) -> response.getWriter().print("x"))
                .start();

        app.get("/s", cookie(app.sessions.existing(Map.of())));

        assertThat(app.sessions.events).hasSize(1);
    }

    @Test
    void disabledFilterLeavesTheContainersSessionsAlone() throws Exception {
        app.disabled()
                .servlet(
                        "/s",
                        (request, response) ->
                                response.getWriter().print(request.getSession().getId()))
                .start();

        Answer answer = app.get("/s");

        assertThat(answer.sessionId()).startsWith(answer.body());
        assertThat(app.sessions.events).isEmpty();
    }

    /** Undertow starts filters with the first request, which is too late for everything. */
    @Test
    void withoutItsInitializerTheFilterServesRequestsAndSaysWhatToWrite() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("io.sessionfilter");
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        app.withoutInitializer().servlet("/s", SET_B).start();

        Answer answer = app.get("/s");
        app.get("/s");

        logger.detachAppender(logged);
        assertThat(app.sessions.stored(answer.sessionId())).containsEntry("b", "2");
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getFormattedMessage()).contains("JSESSIONID", "<name>session_filter</name>"));
    }

    @Test
    void idsAreInUrlsWhenTheApplicationTracksByThem() throws Exception {
        app.deployment(deployment ->
                        deployment.setServletSessionConfig(new io.undertow.servlet.api.ServletSessionConfig()
                                .setSessionTrackingModes(java.util.Set.of(
                                        jakarta.servlet.SessionTrackingMode.COOKIE,
                                        jakarta.servlet.SessionTrackingMode.URL))))
                .servlet("/s", (request, response) -> {
                    request.getSession();
                    response.getWriter()
                            .print(response.encodeURL("other?x=1#y") + " " + response.encodeRedirectURL("/app/o") + " "
                                    + response.encodeURL("http://elsewhere.example/app/o"));
                })
                .start();
        String id = app.sessions.existing(Map.of());

        Answer first = app.get("/s");
        Answer byCookie = app.get("/s", cookie(id));
        Answer byUrl = app.get("/s;jsessionid=" + id);
        Answer byStaleCookie = app.get("/s", cookie("AAAAAAAAAAAAAAAAAAAAAAAA"));

        String created = first.sessionId();
        assertThat(first.body())
                .isEqualTo("other;jsessionid=" + created + "?x=1#y /app/o;jsessionid=" + created
                        + " http://elsewhere.example/app/o");
        assertThat(byCookie.body()).isEqualTo("other?x=1#y /app/o http://elsewhere.example/app/o");
        assertThat(byUrl.body()).startsWith("other;jsessionid=" + id + "?x=1#y");
        assertThat(byUrl.cookies()).isEmpty();
        assertThat(byStaleCookie.body()).startsWith("other?x=1#y");
    }

    @Test
    void stoppingTheApplicationClosesTheSessions() throws Exception {
        app.servlet("/s", (request, response) -> response.getWriter().print("x"))
                .start();
        app.get("/s");

        app.close();

        assertThat(app.sessions.events).containsExactly("close");
    }
}
