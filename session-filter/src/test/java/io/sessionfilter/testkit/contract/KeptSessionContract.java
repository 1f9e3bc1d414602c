package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Session objects that the application has kept when their request was over, and threads that go on with them. */
abstract class KeptSessionContract extends ContractTest {
    private final String name = UUID.randomUUID().toString();

    @Test
    @Assertion(83)
    void keptSessionHasItsId() {
        Browser browser = newBrowser();
        String id = browser.run("create", "keep " + name).result("create");

        assertThat(newBrowser().run("kept " + name + " id").result("kept " + name + " id"))
                .isEqualTo(id);
        assertThat(browser.run("find").result("find")).isEqualTo(id);
    }

    @Test
    @Assertion(83)
    void keptSessionHasItsIdWhenItHasEnded() {
        Browser browser = newBrowser();
        String id = browser.run("create", "keep " + name).result("create");
        browser.run("invalidate");

        Exchange other = newBrowser().run("kept " + name + " id", "kept " + name + " get a");

        assertThat(other.result("kept " + name + " id")).isEqualTo(id);
        assertThat(other.result("kept " + name + " get a")).isEqualTo("!IllegalStateException");
    }

    @Test
    @Assertion(83)
    void keptSessionHasTheIdThatItWasGivenSince() {
        Browser browser = newBrowser();
        browser.run("create", "keep " + name);
        String id = browser.run("change-id").result("change-id");

        assertThat(newBrowser().run("kept " + name + " id").result("kept " + name + " id"))
                .isEqualTo(id);
    }

    @Test
    void changeThroughAKeptSessionIsSeenByTheNextRequest() {
        Browser browser = newBrowser();
        browser.run("create", "set b 1", "keep " + name);

        newBrowser().run("kept " + name + " set a 1", "kept " + name + " remove b");
        newBrowser().run("kept " + name + " set-interval 77");

        assertThat(browser.run("names", "get a", "interval").body())
                .contains("names -> [a]", "get a -> 1", "interval -> 77");
    }

    @Test
    void keptSessionShowsWhatRequestsHaveChangedSince() {
        Browser browser = newBrowser();
        browser.run("create", "set a 1", "keep " + name);
        browser.run("set a 2");

        assertThat(newBrowser().run("kept " + name + " get a").result("kept " + name + " get a"))
                .isEqualTo("2");
    }

    @Test
    void invalidatingAKeptSessionEndsItAndTouchesNoOtherResponse() {
        Browser browser = newBrowser();
        browser.run("create", "keep " + name);
        Browser other = newBrowser();
        other.run("create");

        Exchange exchange = other.run("find", "kept " + name + " invalidate", "kept " + name + " invalidate");

        assertThat(exchange.body()).contains("invalidate -> done", "invalidate -> !IllegalStateException");
        assertThat(exchange.headers("Set-Cookie")).isEmpty();
        assertThat(browser.run("find").result("find")).isEqualTo("none");
        assertThat(other.run("find").result("find")).isNotEqualTo("none");
    }

    @Test
    void changeByAThreadAfterTheResponseIsSeenByTheNextRequest() {
        Browser browser = newBrowser();
        browser.run("create", "later " + name + " set a 1");

        browser.openGate(name);

        assertThat(browser.noted("later")).isEqualTo("done");
        assertThat(browser.run("get a").result("get a")).isEqualTo("1");
    }
}
