package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What becomes of attributes when they are stored, each by itself. Ours only. */
abstract class StoredAttributesContract extends ContractTest {
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    @Test
    @Assertion(45)
    void attributesThatShareAnObjectAreTwoCopiesOnTheOtherNode() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set-shared-list a b", "add-to-list a 1");

        Exchange here = browser.at(FIRST).run("get a", "get b");
        Exchange there = browser.at(SECOND).run("get a", "add-to-list a 2", "get b");

        assertThat(here.body()).contains("get a -> [1]", "get b -> [1]");
        assertThat(there.body()).contains("get a -> [1]", "add-to-list a 2 -> [1, 2]", "get b -> [1]");
    }

    @Test
    @Assertion(46)
    void attributeThatCannotBeSerializedDoesNotKeepTheOthersFromTheOtherNode() {
        Browser browser = newBrowser();

        Exchange exchange = browser.at(FIRST).run("create", "set-not-serializable a", "set b 1");

        assertThat(exchange.result("set-not-serializable a")).isEqualTo("done");
        assertThat(browser.at(SECOND).run("has a", "get b").body()).contains("has a -> false", "get b -> 1");
    }

    @Test
    @Assertion(46)
    void attributeThatCannotBeSerializedIsRefusedInDevelopmentMode() {
        Browser browser = newBrowser(CONFIGURED);

        Exchange exchange = browser.run("create", "set a 1", "set-not-serializable a", "get a", "set b 2");

        assertThat(exchange.result("set-not-serializable a")).isEqualTo("!IllegalArgumentException");
        assertThat(exchange.result("get a")).isEqualTo("1");
        assertThat(browser.run("get a", "get b").body()).contains("get a -> 1", "get b -> 2");
    }
}
