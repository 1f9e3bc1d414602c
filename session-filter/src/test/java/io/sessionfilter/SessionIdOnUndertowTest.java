package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.UndertowApp.Answer;
import io.sessionfilter.internal.config.CookieSecure;
import io.sessionfilter.internal.servlet.ServletSettings;
import io.undertow.servlet.api.ServletSessionConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which session a request has, and what the client is told of it. */
class SessionIdOnUndertowTest {
    private static final String BOGUS = UndertowApp.COOKIE + "=AAAAAAAAAAAAAAAAAAAAAAAA-n1.jvm1";

    private final UndertowApp app = new UndertowApp();

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    private static String cookie(String id) {
        return UndertowApp.COOKIE + "=" + id;
    }

    @Test
    void newSessionComesWithItsCookie() throws Exception {
        app.servlet(
                        "/s",
                        (request, response) ->
                                response.getWriter().print(request.getSession().getId()))
                .start();

        Answer answer = app.get("/s");

        assertThat(answer.sessionId()).isEqualTo(answer.body() + "-n1.jvm1");
        assertThat(answer.cookies().get(0)).containsIgnoringCase("; path=/app").containsIgnoringCase("; HttpOnly");
        assertThat(answer.cookies().get(0)).doesNotContainIgnoringCase("secure").doesNotContain("\"");
    }

    @Test
    void secondRequestHasTheSessionAndGetsNoCookie() throws Exception {
        app.servlet(
                        "/s",
                        (request, response) -> response.getWriter()
                                .print(request.getSession().getAttribute("a") + " "
                                        + request.getSession().isNew()))
                .start();
        String id = app.sessions.existing(Map.of("a", "1"));

        Answer answer = app.get("/s", cookie(id));

        assertThat(answer.body()).isEqualTo("1 false");
        assertThat(answer.cookies()).isEmpty();
    }

    @Test
    void unknownIdIsNotAdoptedAndLeavesNothingBehind() throws Exception {
        app.servlet(
                        "/s",
                        (request, response) -> response.getWriter()
                                .print(request.getSession(false) + " " + request.getSession(false) + " "
                                        + request.getRequestedSessionId() + " " + request.isRequestedSessionIdValid()))
                .start();

        Answer answer = app.get("/s", BOGUS);

        assertThat(answer.body()).isEqualTo("null null AAAAAAAAAAAAAAAAAAAAAAAA-n1.jvm1 false");
        assertThat(answer.cookies()).isEmpty();
        assertThat(app.sessions.events).containsExactly("open AAAAAAAAAAAAAAAAAAAAAAAA");
    }

    @Test
    void newSessionOfAnUnknownIdHasAnotherOne() throws Exception {
        app.servlet("/s", (request, response) -> request.getSession()).start();

        Answer answer = app.get("/s", BOGUS);

        assertThat(answer.sessionId()).doesNotContain("AAAAAAAA");
    }

    @Test
    void sessionThatCannotBeAskedForIsReplacedOnlyWhenTheApplicationWantsOne() throws Exception {
        app.servlet("/find", (request, response) -> response.getWriter().print(request.getSession(false)))
                .servlet(
                        "/get",
                        (request, response) ->
                                response.getWriter().print(request.getSession().getId()))
                .start();
        String id = app.sessions.existing(Map.of());
        String key = id.substring(0, id.indexOf('-'));
        app.sessions.unknownKeys.add(key);

        assertThat(app.get("/find", cookie(id)).body()).isEqualTo("null");
        assertThat(app.get("/get", cookie(id)).body()).isNotEqualTo(key);
    }

    @Test
    void liveOneOfSeveralCookiesWinsInBothOrders() throws Exception {
        app.servlet(
                        "/s",
                        (request, response) -> response.getWriter()
                                .print(request.getSession(false).getAttribute("a") + request.getRequestedSessionId()))
                .start();
        String id = app.sessions.existing(Map.of("a", "1"));

        assertThat(app.get("/s", BOGUS, cookie(id)).body()).isEqualTo("1" + id);
        assertThat(app.get("/s", cookie(id), BOGUS).body()).isEqualTo("1" + id);
    }

    @Test
    void candidatesAreOpenedOnceEachAndNotWithoutEnd() throws Exception {
        app.servlet("/s", (request, response) -> response.getWriter().print(request.getSession(false)))
                .start();
        String[] cookies = new String[40];
        for (int i = 0; i < 40; i++) {
            cookies[i] = UndertowApp.COOKIE + "=" + String.format("BBBBBBBBBBBBBBBBBBBBBB%02d-n1.jvm1", i / 2);
        }

        app.get("/s", cookies);

        assertThat(app.sessions.events).doesNotHaveDuplicates().hasSize(8);
    }

    @Test
    void whatIsNoIdOfOursIsReportedButNotLookedUp() throws Exception {
        app.servlet(
                        "/s",
                        (request, response) -> response.getWriter()
                                .print(request.getRequestedSessionId()
                                        + request.getSession(false)
                                        + request.isRequestedSessionIdFromCookie()))
                .start();

        Answer answer = app.get("/s", UndertowApp.COOKIE + "=no.id.of.ours");

        assertThat(answer.body()).isEqualTo("no.id.of.oursnulltrue");
        assertThat(app.sessions.events).isEmpty();
    }

    @Test
    void idInTheUrlIsFoundAndCookiesComeFirst() throws Exception {
        app.servlet(
                        "/s",
                        (request, response) -> response.getWriter()
                                .print(request.getSession(false).getAttribute("a") + " "
                                        + request.isRequestedSessionIdFromURL()))
                .start();
        String first = app.sessions.existing(Map.of("a", "1"));
        String second = app.sessions.existing(Map.of("a", "2"));

        assertThat(app.get("/s;jsessionid=" + second + "?x=1").body()).isEqualTo("2 true");
        assertThat(app.get("/s;jsessionid=" + second, cookie(first)).body()).isEqualTo("1 false");
        assertThat(app.get("/s;jsessionid=" + second, BOGUS).body()).isEqualTo("2 true");
    }

    @Test
    void requestedIdIsValidWithoutGetSessionAndNoLongerAfterInvalidate() throws Exception {
        app.servlet("/s", (request, response) -> {
                    StringBuilder seen = new StringBuilder().append(request.isRequestedSessionIdValid());
                    request.getSession().invalidate();
                    seen.append(request.isRequestedSessionIdValid());
                    request.getSession();
                    seen.append(request.isRequestedSessionIdValid());
                    response.getWriter().print(seen);
                })
                .start();

        assertThat(app.get("/s", cookie(app.sessions.existing(Map.of()))).body())
                .isEqualTo("truefalsefalse");
    }

    @Test
    void idOfANewSessionWasNotRequested() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getSession();
                    response.getWriter()
                            .print(request.isRequestedSessionIdValid() + " " + request.getRequestedSessionId());
                })
                .start();

        assertThat(app.get("/s").body()).isEqualTo("false null");
    }

    @Test
    void changedIdKeepsTheSessionObjectAndReplacesTheCookie() throws Exception {
        app.servlet("/s", (request, response) -> {
                    HttpSession before = request.getSession();
                    String old = before.getId();
                    String changed = request.changeSessionId();
                    response.getWriter()
                            .print((request.getSession() == before) + " " + changed.equals(old) + " "
                                    + before.getId().equals(changed) + " " + request.isRequestedSessionIdValid() + " "
                                    + before.getAttribute("a"));
                })
                .start();
        String id = app.sessions.existing(Map.of("a", "1"));

        Answer answer = app.get("/s", cookie(id));

        assertThat(answer.body()).isEqualTo("true false true false 1");
        assertThat(answer.sessionId()).isNotEqualTo(id);
        assertThat(app.sessions.stored(id)).isNull();
        assertThat(app.sessions.stored(answer.sessionId())).isNotNull();
    }

    @Test
    void sessionCreatedAndChangedInOneRequestHasOneCookie() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getSession();
                    response.getWriter().print(request.changeSessionId());
                })
                .start();

        Answer answer = app.get("/s");

        assertThat(answer.sessionId()).startsWith(answer.body());
    }

    @Test
    void idCannotBeChangedWithoutASessionOrAfterTheResponseHasGone() throws Exception {
        app.servlet("/none", (request, response) -> response.getWriter().print(refused(request)))
                .servlet("/late", (request, response) -> {
                    HttpSession session = request.getSession();
                    String id = session.getId();
                    response.flushBuffer();
                    response.getWriter()
                            .print(refused(request) + " " + session.getId().equals(id));
                })
                .start();

        assertThat(app.get("/none").body()).isEqualTo("refused");
        assertThat(app.get("/late", cookie(app.sessions.existing(Map.of()))).body())
                .isEqualTo("refused true");
    }

    private static String refused(HttpServletRequest request) {
        try {
            return request.changeSessionId();
        } catch (IllegalStateException e) {
            return "refused";
        }
    }

    @Test
    void invalidatedSessionExpiresItsCookie() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getSession().invalidate();
                    response.getWriter().print(request.getSession(false));
                })
                .start();

        Answer answer = app.get("/s", cookie(app.sessions.existing(Map.of())));

        assertThat(answer.body()).isEqualTo("null");
        assertThat(answer.sessionId()).isEmpty();
        assertThat(answer.cookies().get(0)).containsIgnoringCase("max-age=0").containsIgnoringCase("path=/app");
    }

    @Test
    void sessionAfterAnInvalidatedOneHasOneCookie() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getSession().invalidate();
                    response.getWriter().print(request.getSession().getId());
                })
                .start();
        String id = app.sessions.existing(Map.of());

        Answer answer = app.get("/s", cookie(id));

        assertThat(answer.sessionId()).startsWith(answer.body()).isNotEqualTo(id);
    }

    @Test
    void movedNodeOrRouteIsToldToTheClient() throws Exception {
        app.servlet("/s", (request, response) -> request.getSession(false)).start();
        String id = app.sessions.existing(Map.of());
        app.sessions.route = "jvm2";

        Answer answer = app.get("/s", cookie(id));

        assertThat(answer.sessionId()).isEqualTo(id.replace("jvm1", "jvm2"));
    }

    @Test
    void nodeThatMovesDuringTheCommitIsToldToTheClient() throws Exception {
        app.servlet("/s", (request, response) -> request.getSession().setAttribute("a", "1"))
                .start();
        app.sessions.moveOnCommit = key -> true;

        assertThat(app.get("/s").sessionId()).endsWith("-n2.jvm1");
    }

    @Test
    void cookieSurvivesAResetAndIsStillTheOnlyOne() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getSession();
                    response.getWriter().print("lost");
                    response.reset();
                    response.getOutputStream().print("kept");
                    response.resetBuffer();
                })
                .start();

        assertThat(app.get("/s").sessionId()).isNotEmpty();
    }

    @Test
    void cookieSurvivesAnEscapingException() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getSession().setAttribute("a", "1");
                    throw new IllegalStateException("of the application");
                })
                .start();

        Answer answer = app.get("/s");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(app.sessions.stored(answer.sessionId())).containsEntry("a", "1");
    }

    @Test
    void cookieIsAsTheApplicationConfiguresIt() throws Exception {
        ServletSessionConfig config = new ServletSessionConfig()
                .setName(UndertowApp.COOKIE)
                .setPath("/elsewhere")
                .setDomain("example.org")
                .setMaxAge(77)
                .setSecure(true);
        app.deployment(deployment -> deployment.setServletSessionConfig(config).setDefaultSessionTimeout(120))
                .servlet(
                        "/s",
                        (request, response) ->
                                response.getWriter().print(request.getSession().getMaxInactiveInterval()))
                .start();

        Answer answer = app.get("/s");

        assertThat(answer.cookies().get(0))
                .containsIgnoringCase("; path=/elsewhere")
                .containsIgnoringCase("; domain=example.org")
                .containsIgnoringCase("; max-age=77")
                .containsIgnoringCase("; secure");
        assertThat(answer.body()).isEqualTo("120");
    }

    @Test
    void settingsOverrideSecureAndHttpOnly() throws Exception {
        app.settings(new ServletSettings(false, CookieSecure.TRUE, null))
                .servlet("/s", (request, response) -> request.getSession())
                .start();

        assertThat(app.get("/s").cookies().get(0))
                .containsIgnoringCase("; secure")
                .doesNotContainIgnoringCase("httponly");
    }

    @Test
    void containersOwnSessionHasAnotherCookie() throws Exception {
        app.servlet("/s", (request, response) -> {
                    request.getSession();
                    unwrap(request).getSession();
                })
                .start();

        Answer answer = app.get("/s");

        assertThat(answer.sessionId()).endsWith("-n1.jvm1");
        assertThat(answer.cookies()).hasSize(2).anyMatch(cookie -> cookie.startsWith("JSESSIONID_container="));
    }

    @Test
    void applicationsOwnCookiesStay() throws Exception {
        app.servlet("/s", (request, response) -> {
                    response.addHeader("Set-Cookie", "a=1");
                    request.getSession();
                    response.addCookie(new jakarta.servlet.http.Cookie("b", "2"));
                    request.changeSessionId();
                })
                .start();

        Answer answer = app.get("/s");

        assertThat(answer.sessionId()).isNotEmpty();
        assertThat(answer.cookies())
                .hasSize(3)
                .anyMatch(c -> c.startsWith("a=1"))
                .anyMatch(c -> c.startsWith("b=2"));
    }

    private static HttpServletRequest unwrap(HttpServletRequest request) {
        return (HttpServletRequest) ((jakarta.servlet.ServletRequestWrapper) request).getRequest();
    }
}
