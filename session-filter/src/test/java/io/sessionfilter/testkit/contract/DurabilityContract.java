package io.sessionfilter.testkit.contract;

import static io.sessionfilter.testkit.contract.Browser.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When changes are stored, and how often: seen from the other app node, while the first one still works. */
abstract class DurabilityContract extends ContractTest {
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    @ParameterizedTest
    @ValueSource(strings = {"forward /inner", "forward-by-name inner", "forward-by-context /inner"})
    @Assertion({6, 53, 55})
    void changesInAForwardTargetAreOnTheOtherNodeWhenTheClientHasTheResponse(String forward) {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set-list list 1");
        String gate = "after-forward-" + browser.sessionCookie();

        Exchange exchange = responseOf(
                browser,
                gate,
                "/do?" + parameters("do", "set a 1", forward, "gate " + gate) + "&"
                        + parameters("inner", "set b 2", "add-to-list list 2"));
        Exchange meanwhile = browser.at(SECOND).run("get a", "get b", "get list");
        browser.at(FIRST).openGate(gate);

        assertThat(exchange.result("set b 2")).isEqualTo("done");
        assertThat(meanwhile.result("get a")).isEqualTo("1");
        assertThat(meanwhile.result("get b")).isEqualTo("2");
        assertThat(meanwhile.result("get list")).isEqualTo("[1, 2]");
    }

    @Test
    @Assertion({6, 56})
    void changesBeforeAForwardToAnotherApplicationAreOnTheOtherNodeWhenTheClientHasTheResponse() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create");
        String cookie = browser.sessionCookie();
        String gate = "after-crossing-" + cookie;

        Exchange exchange = responseOf(
                browser,
                gate,
                "/do?" + parameters("do", "set a 1", "forward-across / /inner", "gate " + gate) + "&"
                        + parameters("inner", "find", "create", "set b 2"));
        Exchange meanwhile = browser.at(SECOND).runWithCookies("JSESSIONID=" + cookie, "get a", "get b");
        Exchange other =
                newBrowser(ROOT).at(SECOND).runWithCookies("JSESSIONID=" + rootCookie(exchange), "get a", "get b");
        browser.at(FIRST).openGate(gate);

        assertThat(exchange.result("find")).isEqualTo("none");
        assertThat(meanwhile.body()).contains("get a -> 1", "get b -> null");
        assertThat(other.body()).contains("get a -> null", "get b -> 2");
    }

    /**
     * The response of a request that waits at a gate after a forward. Some containers send it when the forward returns, so the client has it
     * before the gate opens; the others send it when all is over, and so does this.
     */
    private static Exchange responseOf(Browser browser, String gate, String path) {
        CompletableFuture<Exchange> response = browser.startPath(path);
        browser.awaitArrivalAt(gate);
        try {
            return response.get(150, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            browser.openGate(gate);
            return response.join();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static String rootCookie(Exchange exchange) {
        return exchange.setCookies().stream()
                .filter(cookie -> "/".equals(cookie.attributes().get("path")))
                .map(SetCookie::value)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fill 0", "fill-bytewise 0", "fill-by-byte-buffer 0"})
    @Assertion({1, 6})
    void changeBetweenAnExactlyFullBufferAndTheByteThatSendsItIsStoredBefore(String fill) {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create");
        String gate = "full-" + fill.replace(" ", "-") + browser.sessionCookie();

        Exchange open = browser.open("set a 1", fill, "set a 2", "write 1", "gate " + gate);
        Exchange meanwhile = browser.at(SECOND).run("get a");
        browser.at(FIRST).openGate(gate);
        open.body();

        String atThatTime = browser.noted(fill).equals("open") ? "2" : "1";
        assertThat(browser.noted("gate " + gate)).isEqualTo("passed");
        assertThat(meanwhile.result("get a")).isEqualTo(atThatTime);
    }

    @ParameterizedTest
    @ValueSource(strings = {"set b 1", "add-to-list list 2"})
    @Assertion(31)
    void requestWhoseSessionIsInvalidatedOnTheOtherNodeNeitherFailsNorBringsItBack(String late) {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set-list list 1");
        String cookie = browser.sessionCookie();
        String gate = "invalidated-elsewhere-" + cookie;
        CompletableFuture<Exchange> slow = browser.start("get list", "gate " + gate, late);
        browser.awaitArrivalAt(gate);

        browser.at(SECOND).run("invalidate");
        browser.at(FIRST).openGate(gate);

        assertThat(slow.join().status()).isEqualTo(200);
        for (int node : new int[] {FIRST, SECOND}) {
            assertThat(newBrowser()
                            .at(node)
                            .runWithCookies("JSESSIONID=" + cookie, "find")
                            .result("find"))
                    .isEqualTo("none");
        }
    }

    @Test
    @Assertion(49)
    void firstRequestsOnTwoNodesMayCreateTheSameAttribute() {
        Browser browser = newBrowser();
        String id = browser.at(FIRST).run("create").result("create");
        String one = "one-" + browser.sessionCookie();
        String two = "two-" + browser.sessionCookie();
        CompletableFuture<Exchange> first = browser.at(FIRST).start("find", "gate " + one, "set a 1");
        browser.awaitArrivalAt(one);
        CompletableFuture<Exchange> second = browser.at(SECOND).start("find", "gate " + two, "set a 2", "set b 2");
        browser.awaitArrivalAt(two);

        browser.openGate(two);
        browser.at(FIRST).openGate(one);

        assertThat(first.join().result("set a 1")).isEqualTo("done");
        assertThat(second.join().result("set a 2")).isEqualTo("done");
        Exchange next = browser.at(FIRST).run("find", "get a", "get b");
        assertThat(next.result("find")).isEqualTo(id);
        assertThat(next.result("get a")).isIn("1", "2");
        assertThat(next.result("get b")).isEqualTo("2");
    }

    @Test
    @Assertion(47)
    void attributeThatCannotBeReadOnTheOtherNodeIsNoneThereAndHarmsNoOther() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set-unreadable a", "set b 1");

        Exchange exchange = browser.at(SECOND).run("get a", "get b", "set b 2", "names");

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.result("get a")).isEqualTo("null");
        assertThat(exchange.result("get b")).isEqualTo("1");
        assertThat(browser.at(FIRST).run("get a", "get b").body()).contains("get a -> unreadable", "get b -> 2");
    }

    @Test
    @Assertion(8)
    void requestIsSavedOnceUnlessSomethingChangesAfterItsResponse() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set-list list 1");
        long before = saves();

        browser.run("set a 1", "get list", "flush-buffer", "get a", "get list");
        assertThat(saves()).as("with a flush").isEqualTo(before + 1);

        browser.get("/do?" + parameters("do", "set a 2", "include /inner", "include /inner", "include /inner") + "&"
                + parameters("inner", "get a", "get list"));
        assertThat(saves()).as("with includes").isEqualTo(before + 2);

        browser.get("/do?" + parameters("do", "set a 3", "forward /inner") + "&" + parameters("inner", "get list"));
        assertThat(saves()).as("with a forward").isEqualTo(before + 3);

        browser.run("get a", "get list");
        assertThat(saves()).as("with nothing changed").isEqualTo(before + 3);

        // Last: its end comes after its response, and two commits under way at once may both write.
        browser.run("set a 4", "start-async", "get list", "complete");
        assertThat(saves()).as("asynchronous").isEqualTo(before + 4);
    }

    private long saves() {
        try {
            return (Long) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(
                            new ObjectName("io.sessionfilter:type=Sessions,context=" + ObjectName.quote(contextPath())
                                    + ",filter=\"session-filter\",route=\"jvm1\""),
                            "saves");
        } catch (JMException e) {
            throw new AssertionError("the filter shows no counters", e);
        }
    }
}
