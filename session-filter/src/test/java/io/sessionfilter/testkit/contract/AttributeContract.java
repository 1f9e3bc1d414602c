package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Attributes within one request and from one request to the next. */
abstract class AttributeContract extends ContractTest {
    @Test
    @Assertion(42)
    void attributeIsReadBackInTheSameRequest() {
        Exchange exchange = newBrowser().run("create", "set a 1", "get a", "set a 2", "names");

        assertThat(exchange.result("get a")).isEqualTo("1");
        assertThat(exchange.result("names")).isEqualTo("[a]");
        assertThat(newBrowser().run("create", "set a 1", "set a 2", "get a").result("get a"))
                .isEqualTo("2");
    }

    @Test
    @Assertion(6)
    void attributeIsReadBackInTheNextRequest() {
        Browser browser = newBrowser();
        browser.run("create", "set a 1", "set b \u4e92\u52a8\u7559\u8a00");

        Exchange exchange = browser.run("find", "get a", "get b", "get c", "names");

        assertThat(exchange.result("get a")).isEqualTo("1");
        assertThat(exchange.result("get b")).isEqualTo("\u4e92\u52a8\u7559\u8a00");
        assertThat(exchange.result("get c")).isEqualTo("null");
        assertThat(exchange.result("names")).isEqualTo("[a, b]");
    }

    @Test
    @Assertion(42)
    void lateAttributeOfALoadedSessionIsReadBackInTheSameRequest() {
        Browser browser = newBrowser();
        browser.run("create", "set a 1");

        Exchange exchange = browser.run("get a", "set a 2", "set b 3", "remove a", "set a 4", "get a", "get b");

        assertThat(exchange.result("get b")).isEqualTo("3");
        assertThat(browser.run("get a").result("get a")).isEqualTo("4");
    }

    @Test
    @Assertion(38)
    void settingNullRemoves() {
        Browser browser = newBrowser();
        browser.run("create", "set a 1");
        assertThat(browser.run("get a").result("get a")).isEqualTo("1");

        Exchange exchange = browser.run("set-null a", "get a", "names", "set-null absent");

        assertThat(exchange.result("get a")).isEqualTo("null");
        assertThat(exchange.result("names")).isEqualTo("[]");
        assertThat(exchange.result("set-null absent")).isEqualTo("done");
        assertThat(browser.run("names").result("names")).isEqualTo("[]");
    }

    @Test
    @Assertion(38)
    void removedAttributeIsGone() {
        Browser browser = newBrowser();
        browser.run("create", "set a 1", "set b 2");

        Exchange exchange = browser.run("remove a", "get a", "remove absent");

        assertThat(exchange.result("get a")).isEqualTo("null");
        assertThat(exchange.result("remove absent")).isEqualTo("done");
        assertThat(browser.run("names").result("names")).isEqualTo("[b]");
    }

    @Test
    @Assertion(39)
    @NativeDiffers(
            on = {"jetty", "undertow"},
            because = "they throw NullPointerException; ours what Tomcat throws")
    void settingANullNameIsRefused() {
        assertThat(newBrowser().run("create", "set-null-name").result("set-null-name"))
                .isEqualTo("!IllegalArgumentException");
    }

    @Test
    @Assertion(39)
    @NativeDiffers(
            on = {"jetty", "undertow"},
            because = "they throw NullPointerException; ours knows no such attribute, as Tomcat")
    @HoldsWithoutSession("there is no such attribute in any session")
    void nullNameIsAbsent() {
        Exchange exchange = newBrowser().run("create", "get-null-name", "remove-null-name");

        assertThat(exchange.result("get-null-name")).isEqualTo("null");
        assertThat(exchange.result("remove-null-name")).isEqualTo("done");
    }

    @Test
    @Assertion(40)
    @NativeDiffers(
            on = "jetty",
            because = "Jetty's enumeration sees the attributes set meanwhile; ours is a snapshot, as Tomcat's")
    void namesAreASnapshot() {
        assertThat(newBrowser().run("create", "names-while-changing").result("names-while-changing"))
                .isEqualTo("5");
    }

    @Test
    @Assertion(41)
    void attributeIsTheSameInstanceWithinARequest() {
        Browser browser = newBrowser();
        browser.run("create", "set-list a 1 2", "set b text");

        Exchange exchange = browser.run("same a", "same b");

        assertThat(exchange.result("same a")).isEqualTo("true");
        assertThat(exchange.result("same b")).isEqualTo("true");
    }

    @Test
    @Assertion(44)
    void listChangedInPlaceIsKept() {
        Browser browser = newBrowser();
        browser.run("create", "set-list a 1");

        browser.run("add-to-list a 2");
        browser.run("add-to-list a 3");

        assertThat(browser.run("get a").result("get a")).isEqualTo("[1, 2, 3]");
    }

    @Test
    @Assertion(44)
    void listChangedInPlaceAfterItWasSetIsKept() {
        Browser browser = newBrowser();

        browser.run("create", "set-list a 1", "add-to-list a 2");

        assertThat(browser.run("get a").result("get a")).isEqualTo("[1, 2]");
    }

    @Test
    @Assertion(44)
    void listChangedInPlaceAfterTheResponseWentOutIsKept() {
        Browser browser = newBrowser();
        browser.run("create", "set-list a 1");

        Exchange open = browser.open("get a", "flush-buffer", "add-to-list a 2");
        open.body();

        assertThat(browser.run("get a").result("get a")).isEqualTo("[1, 2]");
    }

    @Test
    @Assertion(46)
    void attributeThatCannotBeSerializedIsKeptOnThisAppNode() {
        Browser browser = newBrowser();
        browser.run("create", "set-not-serializable a", "set b 1");

        Exchange exchange = browser.run("has a", "get b", "set b 2");

        assertThat(exchange.result("has a")).isEqualTo("true");
        assertThat(exchange.result("get b")).isEqualTo("1");
        assertThat(browser.run("has a", "get b").body()).contains("has a -> true", "get b -> 2");
    }

    @Test
    @Assertion(48)
    void differentAttributesOfConcurrentRequestsAllSurvive() {
        Browser browser = newBrowser();
        browser.run("create");

        CompletableFuture<Exchange> slow = browser.start("get a", "set a 1", "gate both");
        browser.awaitArrivalAt("both");
        browser.run("set b 2");
        browser.openGate("both");
        slow.join();

        Exchange exchange = browser.run("get a", "get b");
        assertThat(exchange.result("get a")).isEqualTo("1");
        assertThat(exchange.result("get b")).isEqualTo("2");
    }

    @Test
    @Assertion(61)
    void changesMadeBeforeAnExceptionAreKept() {
        Browser browser = newBrowser();
        browser.run("create", "set-list list 1");

        Exchange failed = browser.run("set a 1", "add-to-list list 2", "throw");

        assertThat(failed.status()).isEqualTo(500);
        Exchange exchange = browser.run("get a", "get list");
        assertThat(exchange.result("get a")).isEqualTo("1");
        assertThat(exchange.result("get list")).isEqualTo("[1, 2]");
    }
}
