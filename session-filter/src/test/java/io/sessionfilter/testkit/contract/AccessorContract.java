package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code HttpSession.getAccessor()}, where Servlet 6.1 offers it. */
abstract class AccessorContract extends ContractTest {
    private final String name = UUID.randomUUID().toString();

    private String byAccessor(String step) {
        return newBrowser().run("by-accessor " + name + " " + step).result("by-accessor " + name + " " + step);
    }

    @Test
    @Assertion(72)
    @Needs(Feature.ACCESSORS)
    void sessionHasAnAccessor() {
        assertThat(newBrowser().run("create", "keep-accessor " + name).result("keep-accessor " + name))
                .isEqualTo("kept");
    }

    @Test
    @Assertion(72)
    @Needs(Feature.ACCESSORS)
    void accessorGivesTheSessionInAnotherThread() {
        Browser browser = newBrowser();
        String id = browser.run("create", "set a 1", "keep-accessor " + name).result("create");

        Exchange other =
                newBrowser().run("by-accessor-in-thread " + name + " id", "by-accessor-in-thread " + name + " get a");

        assertThat(other.result("by-accessor-in-thread " + name + " id")).isEqualTo(id);
        assertThat(other.result("by-accessor-in-thread " + name + " get a")).isEqualTo("1");
    }

    @Test
    @Assertion(72)
    @Needs(Feature.ACCESSORS)
    void changesOfAnAccessAreSeenByTheNextRequest() {
        Browser browser = newBrowser();
        browser.run("create", "set-list list 1", "set b 1", "keep-accessor " + name);

        byAccessor("set a 1");
        byAccessor("add-to-list list 2");
        byAccessor("remove b");

        assertThat(browser.run("names", "get a", "get list").body())
                .contains("names -> [a, list]", "get a -> 1", "get list -> [1, 2]");
    }

    @Test
    @Assertion(72)
    @Needs(Feature.ACCESSORS)
    void accessorSeesWhatRequestsHaveChangedSince() {
        Browser browser = newBrowser();
        browser.run("create", "set a 1", "keep-accessor " + name);
        browser.run("set a 2");

        assertThat(byAccessor("get a")).isEqualTo("2");
    }

    @Test
    @Assertion(72)
    @Needs(Feature.ACCESSORS)
    void accessorCanBeUsedWithinItsRequest() {
        Browser browser = newBrowser();
        browser.run("create", "set a 1", "keep-accessor " + name, "by-accessor-in-thread " + name + " set b 2");

        assertThat(browser.run("get a", "get b").body()).contains("get a -> 1", "get b -> 2");
    }

    @Test
    @Assertion(72)
    @Needs(Feature.ACCESSORS)
    void accessOfAnInvalidatedSessionIsRefused() {
        Browser browser = newBrowser();
        browser.run("create", "keep-accessor " + name);
        browser.run("invalidate");

        assertThat(byAccessor("get a")).isEqualTo("!IllegalStateException");
    }

    @Test
    @Assertion(72)
    @Needs(Feature.ACCESSORS)
    void accessAfterAChangeOfTheIdIsRefused() {
        Browser browser = newBrowser();
        browser.run("create", "keep-accessor " + name);
        browser.run("change-id");

        assertThat(byAccessor("get a")).isEqualTo("!IllegalStateException");
        browser.run("find", "keep-accessor " + name);
        assertThat(byAccessor("get a")).isEqualTo("null");
    }

    @Test
    @Assertion(72)
    @Needs(Feature.ACCESSORS)
    void sessionInvalidatedInAnAccessHasEnded() {
        Browser browser = newBrowser();
        browser.run("create", "keep-accessor " + name);

        assertThat(byAccessor("invalidate")).isEqualTo("done");

        assertThat(browser.run("find").result("find")).isEqualTo("none");
    }

    @Test
    @Assertion(72)
    @Needs(Feature.ACCESSORS)
    @NativeDiffers(on = "jetty", because = "Jetty still gives one, of no use")
    void invalidatedSessionHasNoAccessor() {
        assertThat(newBrowser()
                        .run("create", "invalidate", "keep-accessor " + name)
                        .result("keep-accessor " + name))
                .isEqualTo("!IllegalStateException");
    }

    @Test
    @Assertion(72)
    @Needs(Feature.ACCESSORS)
    void accessCountsAsOneOfTheSession() {
        Browser browser = newBrowser();
        browser.run("create", "keep-accessor " + name, "tick");
        long beforeAccess = Long.parseLong(browser.run("now", "tick").result("now"));
        byAccessor("get a");

        long accessed = Long.parseLong(browser.run("tick", "accessed").result("accessed"));

        assertThat(accessed).isGreaterThan(beforeAccess);
    }
}
