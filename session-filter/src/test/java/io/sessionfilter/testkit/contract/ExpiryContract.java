package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a session lives, and when it was last used. */
abstract class ExpiryContract extends ContractTest {
    /** Long enough for one second, and for a store that counts whole seconds. */
    private static final Duration MORE_THAN_ONE_INTERVAL = Duration.ofMillis(2200);

    @Test
    @Assertion(33)
    void sessionEndsAfterItsIntervalAndNeverIfThatIsZeroOrLess() throws InterruptedException {
        Browser shortLived = newBrowser();
        Browser zero = newBrowser();
        Browser negative = newBrowser();
        shortLived.run("create", "set a 1", "set-interval 1");
        zero.run("create", "set a 1", "set-interval 0");
        negative.run("create", "set a 1", "set-interval -1");

        // Nothing can be awaited instead: each look would renew the session.
        Thread.sleep(MORE_THAN_ONE_INTERVAL.toMillis());

        assertThat(shortLived.run("find", "requested-valid", "requested-id").body())
                .contains("find -> none", "requested-valid -> false");
        assertThat(zero.run("find", "get a", "interval").body()).contains("get a -> 1", "interval -> 0");
        assertThat(negative.run("find", "get a").body()).contains("get a -> 1");
    }

    @Test
    @Assertion(87)
    void intervalIsThirtyMinutesUnlessConfigured() {
        assertThat(newBrowser().run("create", "interval").result("interval")).isEqualTo("1800");
    }

    @Test
    @Assertion(34)
    void intervalFollowsTheConfiguration() {
        assertThat(newBrowser(ROOT).run("create", "interval").result("interval"))
                .isEqualTo("540");
    }

    @Test
    @Assertion(87)
    void intervalFollowsWhatAListenerHasSet() {
        assertThat(newBrowser(CONFIGURED).run("create", "interval").result("interval"))
                .isEqualTo("420");
    }

    @Test
    @Assertion(34)
    void changedIntervalIsKept() {
        Browser browser = newBrowser();
        browser.run("create", "set-interval 77");

        assertThat(browser.run("interval").result("interval")).isEqualTo("77");
    }

    @Test
    @Assertion(35)
    void creationTimeIsKept() {
        Browser browser = newBrowser();
        Exchange first = browser.run("now", "tick", "create", "created", "tick", "now");
        long before = millis(first.body().lines().findFirst().orElseThrow().replace("now -> ", ""));

        Exchange second = browser.run("created");

        assertThat(second.result("created")).isEqualTo(first.result("created"));
        assertThat(millis(first.result("created"))).isBetween(before, millis(first.result("now")));
    }

    @Test
    @Assertion(35)
    void newSessionWasLastUsedWhenItWasCreated() {
        Exchange exchange = newBrowser().run("now", "create", "created", "tick", "accessed");

        assertThat(exchange.result("accessed")).isEqualTo(exchange.result("created"));
        assertThat(millis(exchange.result("accessed"))).isGreaterThanOrEqualTo(millis(exchange.result("now")));
    }

    @Test
    @Assertion({35, 81})
    @NativeDiffers(
            on = "tomcat",
            because = "Tomcat takes its end; clients compare with when they had their answer, so ours takes its start")
    void lastAccessIsTheStartOfThePreviousRequest() {
        Browser browser = newBrowser();
        Exchange first = browser.run("now", "create", "tick");
        Exchange previous = browser.run("find", "now", "tick");

        Exchange last = browser.run("accessed");

        assertThat(millis(last.result("accessed")))
                .isBetween(millis(first.result("now")), millis(previous.result("now")));
    }

    @Test
    @Assertion({35, 81})
    void lastAccessIsNotTheCurrentRequest() {
        Browser browser = newBrowser();
        Exchange first = browser.run("now", "create");
        browser.run("find", "tick");

        Exchange last = browser.run("now", "tick", "accessed", "get a", "accessed");

        assertThat(millis(last.result("accessed"))).isBetween(millis(first.result("now")), millis(last.result("now")));
    }

    private static long millis(String text) {
        return Long.parseLong(text);
    }
}
