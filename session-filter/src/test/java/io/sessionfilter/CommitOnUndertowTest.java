package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.UndertowApp.Answer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When changes are committed: before the response can go out, and at the end of everything. */
class CommitOnUndertowTest {
    private static final int BUFFER = 16364;

    private final UndertowApp app = new UndertowApp();

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    /** Something that sends the response. */
    interface Sending {
        void send(HttpServletResponse response) throws Exception;
    }

    static Stream<Arguments> sendings() {
        return Stream.of(
                sending("flushBuffer", HttpServletResponse::flushBuffer),
                sending("stream flush", response -> response.getOutputStream().flush()),
                sending("stream close", response -> response.getOutputStream().close()),
                sending("writer flush", response -> response.getWriter().flush()),
                sending("writer close", response -> response.getWriter().close()),
                sending("checkError", response -> response.getWriter().checkError()),
                sending(
                        "buffer filled exactly",
                        response -> response.getOutputStream().write(new byte[BUFFER])),
                sending("buffer filled by bytes", response -> {
                    for (int i = 0; i < BUFFER; i++) {
                        response.getOutputStream().write('x');
                    }
                }),
                sending(
                        "buffer overfilled",
                        response -> response.getOutputStream().write(new byte[BUFFER + 1])),
                sending("200 KB", response -> response.getOutputStream().write(new byte[200_000], 0, 200_000)),
                sending("printf only", response -> {
                    PrintWriter writer = response.getWriter();
                    for (int i = 0; i < BUFFER / 10; i++) {
                        writer.printf("%010d", i).format(Locale.ROOT, "%s", "y").append('z');
                    }
                }),
                sending("three-byte characters", response -> {
                    response.setCharacterEncoding("UTF-8");
                    char[] characters = new char[BUFFER / 3 + 1];
                    Arrays.fill(characters, '板');
                    response.getWriter().write(characters);
                }),
                sending("content length reached", response -> {
                    response.setContentLength(10);
                    response.getOutputStream().print("0123456789");
                }),
                sending("long content length reached", response -> {
                    response.setContentLengthLong(10);
                    response.getOutputStream().write(new byte[10]);
                }),
                sending("content length header reached", response -> {
                    response.setHeader("content-length", "10");
                    response.getWriter().print("0123456789");
                }),
                sending("added content length header reached", response -> {
                    response.addHeader("Content-Length", "10");
                    response.getWriter().print(1234567890L);
                }),
                sending("int content length header reached", response -> {
                    response.setIntHeader("Content-Length", 10);
                    response.getOutputStream().write("0123456789".getBytes(StandardCharsets.US_ASCII));
                }),
                sending("content length 0, then a byte", response -> {
                    response.setContentLength(0);
                    response.getOutputStream().write(1);
                }),
                sending("sendError", response -> response.sendError(500)),
                sending("sendError with a message", response -> response.sendError(404, "gone")),
                sending("sendRedirect", response -> response.sendRedirect("elsewhere")));
    }

    private static Arguments sending(String name, Sending sending) {
        return Arguments.of(name, sending);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sendings")
    void changesAreDurableBeforeTheResponseGoesOut(String name, Sending sending) throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();
        app.servlet("/s", (request, response) -> {
                    request.getSession().setAttribute("a", "1");
                    seen.add(app.sessions.storedInAll());
                    try {
                        sending.send(response);
                    } finally {
                        seen.add(app.sessions.storedInAll());
                        seen.add(isRefused(request::changeSessionId));
                    }
                })
                .start();

        Answer answer = app.get("/s");

        app.await(() -> seen.size() == 3);
        assertThat(seen).containsExactly(Map.of(), Map.of("a", "1"), true);
        assertThat(app.sessions.stored(answer.sessionId())).containsEntry("a", "1");
    }

    private static boolean isRefused(Runnable work) {
        try {
            work.run();
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Test
    void nothingIsCommittedBeforeItMust() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getSession().setAttribute("a", "1");
                    response.setHeader("Content-Length", null);
                    response.setHeader("X-Other", "1");
                    response.getOutputStream().write(new byte[1000]);
                    response.getOutputStream().println("x");
                    response.setHeader("X-Commits", String.valueOf(app.sessions.events("commit")));
                    assertThat(app.sessions.events("commit")).isZero();
                })
                .start();

        Answer answer = app.get("/s");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(app.sessions.events("commit")).isEqualTo(1);
    }

    @Test
    void whatChangesAfterTheResponseIsCommittedAtTheEnd() throws Exception {
        app.servlet("/s", (request, response) -> {
                    HttpSession session = request.getSession();
                    session.setAttribute("a", "1");
                    response.flushBuffer();
                    response.flushBuffer();
                    session.setAttribute("b", "2");
                })
                .start();

        Answer answer = app.get("/s");
        app.await(() -> app.sessions.storedInAll().containsKey("b"));
        assertThat(app.sessions.stored(answer.sessionId())).containsEntry("b", "2");
        assertThat(app.sessions.events("commit")).isEqualTo(2);
    }

    @Test
    void sessionCannotBeCreatedAfterTheResponseHasGoneButAnExistingOneIsFound() throws Exception {
        app.servlet("/s", (request, response) -> {
                    response.flushBuffer();
                    try {
                        response.getWriter().print(request.getSession().getAttribute("a"));
                    } catch (IllegalStateException e) {
                        response.getWriter().print("refused");
                    }
                })
                .start();

        assertThat(app.get("/s").body()).isEqualTo("refused");
        assertThat(app.sessions.count()).isZero();
        String id = app.sessions.existing(Map.of("a", "1"));
        assertThat(app.get("/s", UndertowApp.COOKIE + "=" + id).body()).isEqualTo("1");
    }

    @Test
    void exceptionOfTheApplicationIsKeptWhenTheCommitFailsToo() throws Exception {
        StringBuilder seen = new StringBuilder();
        app.sessions.commitFails = true;
        app.deployment(deployment -> deployment
                        .addFilter(new io.undertow.servlet.api.FilterInfo(
                                "outer",
                                jakarta.servlet.Filter.class,
                                new io.undertow.servlet.util.ImmediateInstanceFactory<jakarta.servlet.Filter>(
                                        (request, response, chain) -> {
                                            try {
                                                chain.doFilter(request, response);
                                            } catch (IllegalStateException e) {
                                                seen.append(e.getMessage());
                                            }
                                        })))
                        .addFilterUrlMapping("outer", "/*", DispatcherType.REQUEST))
                .servlet("/s", (request, response) -> {
                    request.getSession().setAttribute("a", "1");
                    throw new IllegalStateException("of the application");
                })
                .start();

        Answer answer = app.get("/s");

        assertThat(seen).hasToString("of the application");
        assertThat(app.sessions.events("commit")).isPositive();
        assertThat(answer.sessionId()).isNotEmpty();
    }

    @Test
    void commitThatFailsDoesNotFailTheRequest() throws Exception {
        app.sessions.commitFails = true;
        app.servlet("/s", (request, response) -> {
                    request.getSession();
                    response.flushBuffer();
                    response.getWriter().print("fine");
                })
                .start();

        assertThat(app.get("/s").body()).isEqualTo("fine");
    }

    @Test
    void requestThatNeverAsksKeepsItsSessionAliveAndDoesNothingElse() throws Exception {
        app.servlet("/s", (request, response) -> response.getWriter().print("x"))
                .start();
        String id = app.sessions.existing(Map.of());

        Answer answer = app.get("/s", UndertowApp.COOKIE + "=AAAAAAAAAAAAAAAAAAAAAAAA", UndertowApp.COOKIE + "=" + id);

        assertThat(app.sessions.events)
                .containsExactly("keepAlive AAAAAAAAAAAAAAAAAAAAAAAA", "keepAlive " + id.substring(0, id.indexOf('-')));
        assertThat(answer.cookies()).isEmpty();
    }

    @Test
    void requestWithoutAnIdDoesNothing() throws Exception {
        app.servlet("/s", (request, response) -> response.getWriter().print("x"))
                .start();

        app.get("/s");

        assertThat(app.sessions.events).isEmpty();
    }

    @Test
    void ignoredRequestDoesNotKeepAliveUnlessItAsksForTheSession() throws Exception {
        app.ignoring("GET .*\\.png")
                .servlet("/a.png", (request, response) -> response.getWriter().print("x"))
                .servlet("/asks.png", (request, response) -> request.getSession(false))
                .start();
        String id = app.sessions.existing(Map.of());
        String key = id.substring(0, id.indexOf('-'));

        app.get("/a.png", UndertowApp.COOKIE + "=" + id);
        app.get("/a.png;jsessionid=" + id);
        assertThat(app.sessions.events).isEmpty();

        app.get("/a.png?v=1", UndertowApp.COOKIE + "=" + id);
        assertThat(app.sessions.events).containsExactly("keepAlive " + key);

        app.get("/asks.png", UndertowApp.COOKIE + "=" + id);
        assertThat(app.sessions.events).contains("open " + key);
    }
}
