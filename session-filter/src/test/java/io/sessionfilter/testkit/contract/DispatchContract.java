package io.sessionfilter.testkit.contract;

import static io.sessionfilter.testkit.contract.Browser.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forwards, includes, error pages, asynchronous requests and JSP pages all have the one session. */
abstract class DispatchContract extends ContractTest {
    private static final String INNER = "inner";

    @ParameterizedTest
    @Assertion({53, 54, 55})
    @ValueSource(
            strings = {
                "forward /inner",
                "forward-by-name inner",
                "forward-by-context /inner",
                "include /inner",
                "include-by-name inner",
                "include-by-context /inner"
            })
    void targetSeesTheSessionCreatedBefore(String dispatch) {
        Browser browser = newBrowser();

        Exchange exchange = browser.get("/do?" + parameters("do", "create", "set a 1", dispatch) + "&"
                + parameters(INNER, "find", "get a", "set b 2"));

        assertThat(exchange.sessionCookie().value()).contains(exchange.result("find"));
        assertThat(exchange.result("find")).isEqualTo(browser.noted("create"));
        assertThat(exchange.result("get a")).isEqualTo("1");
        assertThat(browser.run("get b").result("get b")).isEqualTo("2");
    }

    @ParameterizedTest
    @Assertion({53, 54, 55})
    @ValueSource(
            strings = {
                "forward /inner",
                "forward-by-name inner",
                "forward-by-context /inner",
                "include /inner",
                "include-by-name inner",
                "include-by-context /inner"
            })
    void sessionCreatedInTheTargetGetsItsCookie(String dispatch) {
        Browser browser = newBrowser();

        Exchange exchange =
                browser.get("/do?" + parameters("do", dispatch, "find") + "&" + parameters(INNER, "create", "set a 1"));

        assertThat(exchange.sessionCookie().value()).contains(exchange.result("create"));
        assertThat(browser.noted("find")).isEqualTo(exchange.result("create"));
        assertThat(browser.run("get a").result("get a")).isEqualTo("1");
    }

    @ParameterizedTest
    @Assertion({53, 54})
    @ValueSource(strings = {"forward /inner", "include /inner"})
    void changeMadeAfterTheTargetReturnedIsKept(String dispatch) {
        Browser browser = newBrowser();
        browser.run("create");

        browser.get("/do?" + parameters("do", "set a 1", dispatch, "set a 2") + "&" + parameters(INNER, "get a"));

        assertThat(browser.noted("get a")).isEqualTo("1");
        // The client may have all of the target's response before the servlet goes on.
        Await.until(
                "the later change is there",
                () -> browser.run("get a").result("get a").equals("2"));
    }

    @ParameterizedTest
    @Assertion(79)
    @ValueSource(strings = {"forward-plain /plain", "include-plain /plain"})
    void wrappersThatAreNotHttpReachTheTarget(String dispatch) {
        Browser browser = newBrowser();
        browser.run("create", "set a 1");

        Exchange exchange = browser.get(
                "/do?" + parameters("do", dispatch) + "&" + parameters("plain", "find", "get a", "set b 2"));

        assertThat(exchange.result("find")).isEqualTo(browser.noted("create"));
        assertThat(exchange.result("get a")).isEqualTo("1");
        assertThat(browser.run("get b").result("get b")).isEqualTo("2");
    }

    @ParameterizedTest
    @Assertion(55)
    @NativeDiffers(
            on = "jetty-12.0",
            because = "Jetty 12.0 answers a dispatch to the application's own context with nothing",
            oursToo = true)
    @ValueSource(strings = {"start-async", "start-async-wrapped", "async", "async-wrapped"})
    void asynchronousDispatchByTheContextHasTheSession(String start) {
        Browser browser = newBrowser();

        Exchange exchange =
                browser.get("/do?" + parameters("do", "create", start, "set a 1", "dispatch-by-context /inner") + "&"
                        + parameters(INNER, "dispatcher", "find", "get a", "set b 2"));

        assertThat(exchange.result("dispatcher")).isEqualTo("ASYNC");
        assertThat(exchange.result("find")).isEqualTo(browser.noted("create"));
        assertThat(exchange.result("get a")).isEqualTo("1");
        assertThat(exchange.sessionCookie().value()).contains(exchange.result("find"));
        assertThat(browser.run("get b").result("get b")).isEqualTo("2");
    }

    @ParameterizedTest
    @Assertion(53)
    @ValueSource(strings = {"/do?do=create&do=set+a+1&do=forward+/page.jsp", "/do?do=forward+/page.jsp&do=set+a+1"})
    @Needs(Feature.PAGES)
    void forwardToASmallPageKeepsTheCookie(String path) {
        Browser browser = newBrowser();

        Exchange exchange = browser.get(path);

        assertThat(exchange.sessionCookie().value()).contains(idOn(exchange));
        assertThat(browser.noted("set a 1"))
                .as("which may come after the response: a forward completes it")
                .isEqualTo("done");
        Exchange next = browser.run("find", "get a");
        assertThat(next.result("find")).isEqualTo(idOn(exchange));
        assertThat(next.result("get a")).isEqualTo("1");
    }

    @ParameterizedTest
    @Assertion(52)
    @ValueSource(strings = {APP, CONFIGURED})
    void dispatchesOfOneRequestShareOneSession(String path) {
        Browser browser = newBrowser(path);

        Exchange exchange =
                browser.get("/do?" + parameters("do", "include /inner", "include /inner", "create", "forward /inner")
                        + "&" + parameters(INNER, "create"));

        assertThat(exchange.setCookies()).hasSize(1);
        assertThat(browser.noted("forward /inner")).isEqualTo("returned");
        assertThat(browser.notes()
                        .lines()
                        .filter(line -> line.startsWith("create"))
                        .distinct())
                .hasSize(1);
        assertThat(browser.run("find").result("find")).isEqualTo(exchange.result("create"));
    }

    @Test
    @Assertion(10)
    void manyIncludesKeepTheCookieOfASessionCreatedBefore() {
        Browser browser = newBrowser();
        List<String> steps = new ArrayList<>(List.of("create", "set a 1"));
        steps.addAll(Collections.nCopies(30, "include /inner"));

        Exchange exchange =
                browser.get("/do?" + parameters("do", steps.toArray(String[]::new)) + "&" + parameters(INNER, "find"));

        assertThat(exchange.sessionCookie().value()).contains(browser.noted("create"));
        assertThat(browser.noted("find")).isEqualTo(browser.noted("create"));
        assertThat(browser.run("get a").result("get a")).isEqualTo("1");
    }

    @ParameterizedTest
    @Assertion(3)
    @ValueSource(strings = {"send-error 404", "send-error 500 message", "throw"})
    void errorPageSeesTheSessionCreatedBefore(String failure) {
        Browser browser = newBrowser();

        Exchange exchange = browser.get("/do?" + parameters("do", "create", "set a 1", failure) + "&"
                + parameters("error", "dispatcher", "find", "get a", "set b 2"));

        assertThat(exchange.status()).isGreaterThanOrEqualTo(404);
        assertThat(exchange.result("dispatcher")).isEqualTo("ERROR");
        assertThat(exchange.result("find")).isEqualTo(browser.noted("create"));
        assertThat(exchange.result("get a")).isEqualTo("1");
        assertThat(exchange.sessionCookie().value()).contains(exchange.result("find"));
        assertThat(browser.run("get b").result("get b")).isEqualTo("2");
    }

    @Test
    @Assertion({3, 61})
    void errorPageIsToldOfTheApplicationsOwnException() {
        Browser browser = newBrowser();
        browser.run("create", "set-list list 1");

        Exchange exchange = browser.get("/do?" + parameters("do", "add-to-list list 2", "throw") + "&"
                + parameters("error", "failure", "get list"));

        assertThat(exchange.status()).isEqualTo(500);
        assertThat(exchange.result("failure")).isEqualTo("jakarta.servlet.ServletException: thrown by the script|");
        assertThat(exchange.result("get list")).isEqualTo("[1, 2]");
        assertThat(browser.run("get list").result("get list")).isEqualTo("[1, 2]");
    }

    @ParameterizedTest
    @Assertion(4)
    @ValueSource(strings = {"send-error 404", "send-error 500 message", "throw"})
    void sessionCreatedInTheErrorPageGetsItsCookie(String failure) {
        Browser browser = newBrowser();

        Exchange exchange =
                browser.get("/do?" + parameters("do", failure) + "&" + parameters("error", "create", "set a 1"));

        assertThat(exchange.sessionCookie().value()).contains(exchange.result("create"));
        assertThat(browser.run("get a").result("get a")).isEqualTo("1");
    }

    @ParameterizedTest
    @Assertion({57, 59, 78})
    @ValueSource(strings = {"async", "async-wrapped"})
    void asynchronousRequestHasTheSession(String start) {
        Browser browser = newBrowser();
        browser.run("create", "set a 1");

        Exchange exchange = browser.run("find", start, "find", "get a", "complete");

        assertThat(exchange.result("find")).isEqualTo(browser.noted("create"));
        assertThat(exchange.result("get a")).isEqualTo("1");
    }

    @ParameterizedTest
    @Assertion(58)
    @ValueSource(strings = {"async", "async-wrapped"})
    void attributeSetInAnAsynchronousThreadIsThereWhenTheResponseIs(String start) {
        Browser browser = newBrowser();
        browser.run("create", "set-list list 1");

        browser.run(start, "set a 1", "add-to-list list 2", "complete");

        Exchange next = browser.run("get a", "get list");
        assertThat(next.result("get a")).isEqualTo("1");
        assertThat(next.result("get list")).isEqualTo("[1, 2]");
    }

    @ParameterizedTest
    @Assertion(58)
    @ValueSource(strings = {"async", "async-wrapped"})
    void attributeSetInAnAsynchronousThreadThatFlushesIsThereWhenTheResponseIs(String start) {
        Browser browser = newBrowser();
        browser.run("create");

        browser.run(start, "set a 1", "flush-buffer", "complete");

        assertThat(browser.run("get a").result("get a")).isEqualTo("1");
    }

    @ParameterizedTest
    @Assertion(58)
    @ValueSource(strings = {"async", "async-wrapped"})
    void sessionCreatedInAnAsynchronousThreadGetsItsCookie(String start) {
        Browser browser = newBrowser();

        Exchange exchange = browser.run(start, "create", "set a 1", "complete");

        assertThat(exchange.sessionCookie().value()).contains(exchange.result("create"));
        assertThat(browser.run("get a").result("get a")).isEqualTo("1");
    }

    @ParameterizedTest
    @Assertion(58)
    @ValueSource(strings = {"async", "async-wrapped"})
    void asynchronousDispatchSeesTheThreadsChanges(String start) {
        Browser browser = newBrowser();
        browser.run("create");

        Exchange exchange = browser.get("/do?" + parameters("do", start, "set a 1", "dispatch /inner") + "&"
                + parameters(INNER, "dispatcher", "find", "get a", "set b 2"));

        assertThat(exchange.result("dispatcher")).isEqualTo("ASYNC");
        assertThat(exchange.result("find")).isEqualTo(browser.noted("create"));
        assertThat(exchange.result("get a")).isEqualTo("1");
        Exchange next = browser.run("get a", "get b");
        assertThat(next.result("get a")).isEqualTo("1");
        assertThat(next.result("get b")).isEqualTo("2");
    }

    @ParameterizedTest
    @Assertion(58)
    @ValueSource(strings = {"async", "async-wrapped"})
    void sessionCreatedInAnAsynchronousDispatchGetsItsCookie(String start) {
        Browser browser = newBrowser();

        Exchange exchange = browser.get(
                "/do?" + parameters("do", start, "dispatch /inner") + "&" + parameters(INNER, "create", "set a 1"));

        assertThat(exchange.sessionCookie().value()).contains(exchange.result("create"));
        assertThat(browser.run("get a").result("get a")).isEqualTo("1");
    }

    @Test
    @Assertion(75)
    @Needs(Feature.PAGES)
    void pageCreatesItsSession() {
        Browser browser = newBrowser();

        Exchange exchange = browser.get("/page.jsp");

        assertThat(exchange.sessionCookie().value()).contains(idOn(exchange));
        assertThat(idOn(browser.get("/page.jsp"))).isEqualTo(idOn(exchange));
    }

    @Test
    @Assertion(75)
    @Needs(Feature.PAGES)
    void pageLargerThanTheBufferCreatesItsSession() {
        Browser browser = newBrowser();

        Exchange exchange = browser.get("/big.jsp");

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.sessionCookie().value()).contains(idOn(exchange));
    }

    @Test
    @Assertion(75)
    @Needs(Feature.PAGES)
    void expressionsReadTheSession() {
        Browser browser = newBrowser();
        String id = browser.run("create", "set a 1").result("create");

        Exchange exchange = browser.get("/expression.jsp");

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(idOn(exchange)).isEqualTo(id);
        assertThat(exchange.body()).contains("a=1");
    }

    @Test
    @Assertion(75)
    @Needs(Feature.PAGES)
    @HoldsWithoutSession("about a page without a session")
    void pageThatWantsNoSessionHasNone() {
        Exchange exchange = newBrowser().get("/sessionless.jsp");

        assertThat(idOn(exchange)).isEqualTo("none");
        assertThat(exchange.headers("Set-Cookie")).isEmpty();
    }

    private static String idOn(Exchange page) {
        return page.body()
                .lines()
                .filter(line -> line.startsWith("id="))
                .map(line -> line.substring("id=".length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the page shows no id (status " + page.status() + ")"));
    }
}
