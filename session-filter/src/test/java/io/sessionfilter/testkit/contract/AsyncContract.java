package io.sessionfilter.testkit.contract;

import static io.sessionfilter.testkit.contract.Browser.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of asynchronous requests: timeouts, errors, clients that hang up, dispatches from within a forward. */
abstract class AsyncContract extends ContractTest {
    @ParameterizedTest
    @ValueSource(strings = {"start-async", "start-async-wrapped"})
    @Assertion({57, 78})
    void asynchronousContextIsOneAndHasTheOriginals(String start) {
        Browser browser = newBrowser();
        browser.run("create");

        browser.run("find", start, "original", "same-async", "complete");

        assertThat(browser.noted("find")).isEqualTo(browser.noted("create"));
        assertThat(browser.noted("original")).isEqualTo("true");
        assertThat(browser.noted("same-async")).isEqualTo("true");
    }

    @Test
    @Assertion(79)
    void wrappersThatAreNotHttpPassThrough() {
        Browser browser = newBrowser();
        browser.run("create");

        browser.run("start-async-plain", "original", "same-async", "set a 1", "complete");

        assertThat(browser.noted("original")).isEqualTo("false");
        assertThat(browser.noted("same-async")).isEqualTo("true");
        assertThat(browser.run("get a").result("get a")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start-async", "start-async-wrapped"})
    @Assertion(58)
    void changesBeforeATimeoutAndInItsListenerAreThereWhenTheResponseIs(String start) {
        Browser browser = newBrowser();
        browser.run("create");

        browser.run(start, "timeout 100", "listen timeout b 2 complete", "listen complete", "set a 1");

        assertThat(browser.noted("timeout")).isEqualTo("same");
        assertThat(browser.noted("complete")).isEqualTo("heard");
        Exchange next = browser.run("get a", "get b");
        assertThat(next.result("get a")).isEqualTo("1");
        assertThat(next.result("get b")).isEqualTo("2");
    }

    @Test
    @Assertion(58)
    void changesOfARequestThatTimesOutUnheardAreThereWhenTheResponseIs() {
        Browser browser = newBrowser();
        browser.run("create", "set-list list 1");

        Exchange exchange =
                browser.run("start-async", "timeout 100", "listen timeout b 2", "set a 1", "add-to-list list 2");

        assertThat(exchange.status()).isEqualTo(500);
        Exchange next = browser.run("get a", "get b", "get list");
        assertThat(next.result("get a")).isEqualTo("1");
        assertThat(next.result("get b")).isEqualTo("2");
        assertThat(next.result("get list")).isEqualTo("[1, 2]");
    }

    @Test
    @Assertion({58, 61})
    void changesBeforeAnErrorAndInItsListenerAreThereWhenTheResponseIs() {
        Browser browser = newBrowser();
        browser.run("create");

        browser.run("start-async", "listen error b 2 complete", "set a 1", "throw");

        assertThat(browser.noted("error")).isEqualTo("same");
        Exchange next = browser.run("get a", "get b");
        assertThat(next.result("get a")).isEqualTo("1");
        assertThat(next.result("get b")).isEqualTo("2");
    }

    @Test
    @Assertion(58)
    void threadThatFinishesAfterTheClientHasHungUpIsSaved() {
        Browser browser = newBrowser();
        browser.run("create", "set-list list 1");
        String gate = "hung-up-" + browser.sessionCookie();

        browser.runAndHangUp(gate, "async", "gate " + gate, "set a 1", "add-to-list list 2", "fill 0", "complete");
        browser.openGate(gate);

        assertThat(browser.noted("set a 1")).isEqualTo("done");
        Await.until("the changes are there", () -> {
            Exchange next = browser.run("get a", "get list");
            return next.result("get a").equals("1") && next.result("get list").equals("[1, 2]");
        });
    }

    /** A context that was given no request goes back to where the container had sent the request. */
    @ParameterizedTest
    @ValueSource(strings = {"start-async", "async"})
    @Assertion(78)
    void dispatchFromWithinAForwardGoesToTheOriginalPath(String start) {
        Browser browser = newBrowser();
        browser.run("create");

        Exchange exchange = forwardAndDispatch(browser, start);

        assertThat(exchange.result("uri")).isEqualTo(contextPath() + "/do");
        assertThat(exchange.result("get a")).isEqualTo("1");
    }

    /** A context that was given the forward's request goes back to the target of the forward. */
    @Test
    @Assertion(78)
    @NativeDiffers(
            on = "undertow",
            because = "a path that is dispatched to within a forward is forgotten when the forward returns",
            oursToo = true)
    void dispatchOfTheRequestOfAForwardGoesToItsTarget() {
        assertDispatchedToTheForwardsTarget("start-async-wrapped");
    }

    @Test
    @Assertion(78)
    @NativeDiffers(on = "undertow", because = "goes back to where the container had sent the request")
    void laterDispatchOfTheRequestOfAForwardGoesToItsTarget() {
        assertDispatchedToTheForwardsTarget("async-wrapped");
    }

    private void assertDispatchedToTheForwardsTarget(String start) {
        Browser browser = newBrowser();
        browser.run("create");

        Exchange exchange = forwardAndDispatch(browser, start);

        assertThat(exchange.result("uri")).isEqualTo(contextPath() + "/inner");
        assertThat(exchange.result("get a")).isEqualTo("1");
    }

    /** The dispatch comes after the forward has returned, when it comes from a thread. */
    private Exchange forwardAndDispatch(Browser browser, String start) {
        String gate = "forwarded-" + browser.sessionCookie();
        String wait = start.startsWith("async") ? "gate " + gate : "dispatcher";
        var exchange = browser.startPath("/do?"
                + parameters("do", "uri", "get a", "only REQUEST", "forward /inner") + "&"
                + parameters("inner", "uri", "get a", "only FORWARD", start, "set a 1", wait, "dispatch"));
        assertThat(browser.noted("forward /inner")).isEqualTo("returned");
        browser.openGate(gate);
        return exchange.join();
    }
}
