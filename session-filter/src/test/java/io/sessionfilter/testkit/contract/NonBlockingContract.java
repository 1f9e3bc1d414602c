package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import org.junit.jupiter.api.Test;

/** What a response can do besides a head and a body works as without the filter, and with the session. */
abstract class NonBlockingContract extends ContractTest {
    @Test
    @Assertion({1, 12})
    void listenerWritesWhenItCanAndItsSessionIsThereWithTheResponse() {
        Browser browser = newBrowser();

        Exchange exchange = browser.run("create", "write-non-blocking a 500000");

        assertThat(exchange.body()).hasSize(500_000);
        assertThat(browser.noted("written")).isEqualTo("done");
        assertThat(exchange.sessionCookie().value()).contains(browser.noted("create"));
        assertThat(browser.run("get a").result("get a")).isEqualTo("begun");
    }

    @Test
    @Assertion(12)
    void listenerReadsWhenItCanAndItsSessionIsThereWithTheResponse() {
        Browser browser = newBrowser();
        browser.run("create");
        String body = "0123456789".repeat(2000);

        Exchange exchange = browser.raw(
                head("POST", browser, "read-non-blocking a") + "Content-Length: " + body.length() + "\r\n\r\n" + body);

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(browser.run("get a").result("get a")).isEqualTo(body);
    }

    @Test
    @Assertion(12)
    @NativeDiffers(
            on = "undertow",
            because = "a response on a connection that will be closed is sent without chunks, and so without trailers",
            oursToo = true)
    void trailersAreSentAndTheSessionWithThem() {
        Browser browser = newBrowser();
        browser.run("create");

        Exchange exchange =
                browser.raw(head("GET", browser, "set a 1", "trailer x-end done", "set b 2") + "TE: trailers\r\n\r\n");

        assertThat(exchange.body()).containsIgnoringCase("x-end: done");
        Await.until(
                "the later change is there",
                () -> browser.run("get b").result("get b").equals("2"));
        assertThat(browser.run("get a").result("get a")).isEqualTo("1");
    }

    @Test
    @Assertion(2)
    @Needs(Feature.EARLY_HINTS)
    void earlyHintsDoNotCommitTheResponse() {
        Browser browser = newBrowser();
        browser.run("create", "set a 1");

        Exchange exchange = browser.raw(
                head("GET", browser, "early-hints", "committed", "set a 2", "invalidate", "create", "set a 3")
                        + "\r\n");

        String all = exchange.status() + exchange.body();
        assertThat(all).contains("committed -> false", "create -> " + browser.noted("create"));
        assertThat(browser.noted("early-hints")).isEqualTo("sent");
        assertThat(all).startsWith("103").contains("200 ");
        assertThat(browser.noted("create")).isNotEqualTo("!IllegalStateException");
    }

    private String head(String method, Browser browser, String... steps) {
        return method + " " + browser.pathOf(steps) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: "
                + "JSESSIONID=" + browser.sessionCookie() + "\r\n";
    }
}
