package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The session and its cookie get out before the response does, in whichever way it goes out. */
abstract class CommitContract extends ContractTest {
    /**
     * Scripts, steps parted by commas, after which the response has gone out, or goes out with the end of the
     * servlet.
     */
    static Stream<String> waysToCommit() {
        Stream<String> lengths = Stream.of(
                        "setContentLength",
                        "setContentLengthLong",
                        "setHeader",
                        "addHeader",
                        "setIntHeader",
                        "addIntHeader")
                .flatMap(way -> Stream.of(
                        "content-length " + way + " 10,write 10",
                        "content-length " + way + " 10,write-byte-buffer 10"));
        return Stream.concat(
                Stream.of(
                        "flush-buffer",
                        "flush-stream",
                        "flush-writer",
                        "close-stream",
                        "close-writer",
                        "write 10",
                        "write 10,close-stream",
                        "fill -1",
                        "fill 0",
                        "fill 1",
                        "fill 200000",
                        "fill-bytewise 0",
                        "fill-bytewise 1",
                        "fill-by-printf",
                        "fill-by-format",
                        "fill-by-append",
                        "fill-by-println",
                        "fill-by-byte-buffer 0",
                        "fill-by-byte-buffer 1",
                        "check-error",
                        "fill-by-three-byte-characters",
                        "content-length-null,write 10",
                        "content-length setContentLength 0",
                        "content-length setContentLength 0,write 10",
                        "status 204",
                        "status 304",
                        "send-error 404",
                        "send-error 500 message",
                        "redirect elsewhere",
                        "redirect elsewhere 303",
                        "redirect elsewhere false",
                        "redirect elsewhere true",
                        "redirect elsewhere 303 false",
                        "redirect elsewhere 303 true",
                        "throw"),
                lengths);
    }

    @ParameterizedTest
    @Assertion({1, 2})
    @MethodSource("waysToCommit")
    void newSessionGetsOutBefore(String commit) {
        Browser browser = newBrowser();

        Exchange exchange = browser.run(steps("create", "set a 1", commit));

        assertThat(exchange.sessionCookie().value()).isNotEmpty();
        Exchange next = browser.run("find", "get a");
        assertThat(next.result("find")).isEqualTo(browser.noted("create"));
        assertThat(next.result("get a")).isEqualTo("1");
    }

    @ParameterizedTest
    @Assertion({1, 2})
    @MethodSource("waysToCommit")
    void changeOfAnOldSessionGetsOutBefore(String commit) {
        Browser browser = newBrowser();
        browser.run("create", "set a 1", "set-list list 1");

        Exchange exchange = browser.run(steps("set a 2", "add-to-list list 2", commit));

        assertThat(exchange.sessionCookies()).isEmpty();
        Exchange next = browser.run("get a", "get list");
        assertThat(next.result("get a")).isEqualTo("2");
        assertThat(next.result("get list")).isEqualTo("[1, 2]");
    }

    @Test
    @Assertion(13)
    void headCarriesTheCookie() {
        Browser browser = newBrowser();

        Exchange exchange = browser.send("HEAD", Browser.script("create", "set a 1"), java.util.Map.of());

        assertThat(exchange.body()).isEmpty();
        assertThat(exchange.sessionCookie().value()).isNotEmpty();
        assertThat(browser.run("get a").result("get a")).isEqualTo("1");
    }

    @ParameterizedTest
    @Assertion(13)
    @ValueSource(strings = {"204", "304"})
    void responseWithoutABodyCarriesTheCookie(String status) {
        Exchange exchange = newBrowser().run("create", "status " + status);

        assertThat(exchange.status()).isEqualTo(Integer.parseInt(status));
        assertThat(exchange.sessionCookie().value()).isNotEmpty();
    }

    @Test
    @Assertion(2)
    @HoldsWithoutSession("about the redirect itself")
    void redirectHasItsStatusAndLocation() {
        Exchange exchange = newBrowser().run("create", "redirect /elsewhere");

        assertThat(exchange.status()).isEqualTo(302);
        assertThat(exchange.headers("Location")).hasSize(1);
        assertThat(exchange.headers("Location").get(0)).endsWith("/elsewhere");
    }

    @Test
    @Assertion(5)
    @NativeDiffers(
            on = "tomcat",
            because = "Tomcat forgets its own cookie with the reset, and the session is lost; ours adds it again")
    @NativeDiffers(on = "jetty", because = "Jetty adds its own cookie again, but one time too many; ours sends one")
    void resetKeepsTheCookieOfANewSession() {
        Browser browser = newBrowser();

        Exchange exchange = browser.run("create", "set a 1", "reset");

        assertThat(exchange.sessionCookie().value()).isNotEmpty();
        assertThat(browser.run("find").result("find")).isEqualTo(exchange.result("create"));
    }

    @Test
    @Assertion(5)
    void resetOfTheBufferKeepsTheCookieOfANewSession() {
        Browser browser = newBrowser();

        Exchange exchange = browser.run("create", "set a 1", "reset-buffer");

        assertThat(exchange.sessionCookie().value()).isNotEmpty();
        assertThat(browser.run("find").result("find")).isEqualTo(exchange.result("create"));
    }

    @Test
    @Assertion(5)
    @NativeDiffers(
            on = "undertow",
            because = "Undertow keeps cookies beside the headers, and a reset leaves them alone",
            oursToo = true)
    @HoldsWithoutSession("about other cookies")
    void resetForgetsTheCookiesOfTheApplication() {
        Exchange exchange = newBrowser().run("cookie mine 1", "reset");

        assertThat(exchange.headers("Set-Cookie")).isEmpty();
    }

    @Test
    @Assertion(7)
    void changeAfterTheResponseWentOutIsKept() {
        Browser browser = newBrowser();
        browser.run("create", "set a 1");

        Exchange open = browser.open("set a 2", "flush-buffer", "set a 3");
        open.body();

        assertThat(browser.run("get a").result("get a")).isEqualTo("3");
    }

    @Test
    @Assertion(60)
    void requestDuringALongOneSeesWhatWasThereWhenItsResponseBegan() {
        Browser browser = newBrowser();
        browser.run("create");

        Exchange open = browser.open("set a 1", "flush-buffer", "gate long");
        Exchange meanwhile = browser.run("get a", "set a 2");
        browser.openGate("long");
        open.body();

        assertThat(meanwhile.result("get a")).isEqualTo("1");
        assertThat(browser.run("get a").result("get a")).isEqualTo("2");
    }

    static String[] steps(String... parts) {
        List<String> steps = new ArrayList<>();
        for (String part : parts) {
            steps.addAll(Arrays.asList(part.split(",", -1)));
        }
        return steps.toArray(new String[0]);
    }
}
