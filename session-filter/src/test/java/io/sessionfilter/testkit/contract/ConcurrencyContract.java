package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of one session at the same time, on one app node. */
abstract class ConcurrencyContract extends ContractTest {
    private static final Duration MORE_THAN_ONE_INTERVAL = Duration.ofMillis(2200);

    @ParameterizedTest
    @ValueSource(strings = {"set b 1", "add-to-list list 2", "get list", "flush-buffer", "id"})
    @Assertion(31)
    void requestWhoseSessionIsInvalidatedMeanwhileNeitherFailsNorBringsItBack(String late) {
        Browser browser = newBrowser();
        browser.run("create", "set a 1", "set-list list 1");
        String cookie = "JSESSIONID=" + browser.sessionCookie();
        String gate = "invalidated-" + browser.sessionCookie();
        CompletableFuture<Exchange> slow = browser.start("get a", "get list", "set c 1", "gate " + gate, late);
        browser.awaitArrivalAt(gate);

        assertThat(browser.run("invalidate").result("invalidate")).isEqualTo("done");
        browser.openGate(gate);

        assertThat(slow.join().status()).isEqualTo(200);
        assertThat(browser.noted("get a")).isEqualTo("1");
        assertThat(newBrowser().runWithCookies(cookie, "find").result("find")).isEqualTo("none");
    }

    @Test
    @Assertion(49)
    void firstRequestsAtTheSameTimeMayCreateTheSameAttribute() {
        Browser browser = newBrowser();
        String id = browser.run("create").result("create");
        String one = "one-" + browser.sessionCookie();
        String two = "two-" + browser.sessionCookie();
        CompletableFuture<Exchange> first = browser.start("find", "gate " + one, "set a 1");
        CompletableFuture<Exchange> second = browser.start("find", "gate " + two, "set a 2", "set b 2");
        browser.awaitArrivalAt(one);
        browser.awaitArrivalAt(two);

        browser.openGate(one);
        browser.openGate(two);

        assertThat(first.join().result("set a 1")).isEqualTo("done");
        assertThat(second.join().result("set a 2")).isEqualTo("done");
        Exchange next = browser.run("find", "get a", "get b");
        assertThat(next.result("find")).isEqualTo(id);
        assertThat(next.result("get a")).isIn("1", "2");
        assertThat(next.result("get b")).isEqualTo("2");
    }

    @Test
    @Assertion({36, 82})
    @NativeDiffers(on = "undertow", because = "a request counts as a use when it begins only")
    void sessionDoesNotExpireUnderARequestThatUsesIt() throws InterruptedException {
        Browser browser = newBrowser();
        browser.run("create", "set a 1", "set-interval 1");
        String gate = "long-" + browser.sessionCookie();
        CompletableFuture<Exchange> request = browser.start("get a", "gate " + gate, "set b 2", "names");
        browser.awaitArrivalAt(gate);

        // Nothing can be awaited instead: each look would renew the session.
        Thread.sleep(MORE_THAN_ONE_INTERVAL.toMillis());
        browser.openGate(gate);

        assertThat(request.join().result("names")).isEqualTo("[a, b]");
        assertThat(browser.run("get b").result("get b"))
                .as("right after its end")
                .isEqualTo("2");
    }
}
