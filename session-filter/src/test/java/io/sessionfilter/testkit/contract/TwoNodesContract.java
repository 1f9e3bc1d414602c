package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one app node has answered, the other one knows. Ours only: a container does not share its own sessions. */
abstract class TwoNodesContract extends ContractTest {
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    static Stream<String> waysToCommit() {
        return CommitContract.waysToCommit();
    }

    @Test
    @Assertion(15)
    void sessionWithoutAttributesIsFoundOnTheOtherNode() {
        Browser browser = newBrowser();
        String id = browser.at(FIRST).run("create").result("create");

        Exchange exchange = browser.at(SECOND).run("find", "new", "requested-valid");

        assertThat(exchange.result("find")).isEqualTo(id);
        assertThat(exchange.result("new")).isEqualTo("false");
        assertThat(exchange.result("requested-valid")).isEqualTo("true");
    }

    @ParameterizedTest
    @Assertion(6)
    @MethodSource("waysToCommit")
    void changeIsOnTheOtherNodeWhenTheClientHasTheResponse(String commit) {
        Browser browser = newBrowser();

        browser.at(FIRST).run(CommitContract.steps("create", "set a 1", "set-list list 1", commit));
        browser.at(SECOND).run(CommitContract.steps("set a 2", "add-to-list list 2", commit));

        Exchange exchange = browser.at(FIRST).run("get a", "get list");
        assertThat(exchange.result("get a")).isEqualTo("2");
        assertThat(exchange.result("get list")).isEqualTo("[1, 2]");
    }

    @ParameterizedTest
    @Assertion(6)
    @ValueSource(
            strings = {
                "flush-buffer",
                "flush-stream",
                "flush-writer",
                "close-stream",
                "close-writer",
                "fill 100000",
                "fill-by-printf,fill-by-printf",
                "fill-by-three-byte-characters,fill-by-three-byte-characters,fill-by-three-byte-characters"
            })
    void changeIsOnTheOtherNodeWhenTheClientHasTheFirstByte(String commit) {
        Browser browser = newBrowser();
        String gate = "first-byte-" + commit.replace(" ", "-").replace(",", "-");

        Exchange open = browser.at(FIRST).open(CommitContract.steps("create", "set a 1", commit, "gate " + gate));
        Exchange meanwhile = browser.at(SECOND).run("find", "get a");
        browser.at(FIRST).openGate(gate);
        open.body();

        assertThat(browser.noted("gate " + gate)).isEqualTo("passed");
        assertThat(meanwhile.result("get a")).isEqualTo("1");
    }

    @Test
    @Assertion(6)
    void targetOfARedirectOnTheOtherNodeSeesTheChange() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create");

        for (int round = 0; round < 10; round++) {
            browser.at(round % 2).run("set round " + round, "redirect elsewhere");
            Exchange target = browser.at((round + 1) % 2).run("get round");
            assertThat(target.result("get round")).isEqualTo(Integer.toString(round));
        }
    }

    @Test
    @Assertion(7)
    void slowEndOfARequestDoesNotOverwriteWhatAnotherNodeWrote() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create");

        Exchange open = browser.at(FIRST).open("set a 1", "flush-buffer", "gate slow-end", "set b 1");
        browser.at(SECOND).run("set a 2");
        browser.at(FIRST).openGate("slow-end");
        open.body();

        // Not on the second: with sticky sessions it may trust what it has just seen.
        Exchange exchange = browser.at(FIRST).run("get a", "get b");
        assertThat(exchange.result("get a")).isEqualTo("2");
        assertThat(exchange.result("get b")).isEqualTo("1");
    }

    @Test
    @Assertion(48)
    void differentAttributesOfConcurrentRequestsOnTwoNodesAllSurvive() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set c 0", "set d 0");

        CompletableFuture<Exchange> slow = browser.at(FIRST).start("get c", "set a 1", "set c 1", "gate two-nodes");
        browser.awaitArrivalAt("two-nodes");
        browser.at(SECOND).run("get d", "set b 2", "set d 2");
        browser.at(FIRST).openGate("two-nodes");
        slow.join();

        for (int node : new int[] {FIRST, SECOND}) {
            Exchange exchange = browser.at(node).run("get a", "get b", "get c", "get d");
            assertThat(exchange.body()).contains("get a -> 1", "get b -> 2", "get c -> 1", "get d -> 2");
        }
    }

    @Test
    @Assertion(43)
    void removedAttributeIsGoneOnTheOtherNode() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set a 1", "set b 2");
        browser.at(SECOND).run("get a");

        browser.at(FIRST).run("remove a");

        assertThat(browser.at(SECOND).run("names").result("names")).isEqualTo("[b]");
    }

    @Test
    @Assertion(43)
    void attributeRemovedByANodeThatNeverReadItIsGone() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set a 1", "set b 2");

        browser.at(SECOND).run("remove a");

        assertThat(browser.at(FIRST).run("names", "get a").body()).contains("names -> [b]", "get a -> null");
    }

    @Test
    @Assertion(44)
    void listChangedInPlaceIsSeenOnTheOtherNode() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set-list a 1");

        browser.at(SECOND).run("add-to-list a 2");
        browser.at(FIRST).run("add-to-list a 3");

        assertThat(browser.at(SECOND).run("get a").result("get a")).isEqualTo("[1, 2, 3]");
    }

    @Test
    @Assertion(58)
    void attributeSetInAnAsynchronousThreadIsOnTheOtherNodeWhenTheClientHasTheResponse() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create");

        browser.at(FIRST).run("async", "set a 1", "complete");

        assertThat(browser.at(SECOND).run("get a").result("get a")).isEqualTo("1");
    }

    @Test
    @Assertion(26)
    void oldIdIsDeadOnTheOtherNodeAfterAChange() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set a 1");
        browser.at(SECOND).run("get a");
        String oldCookie = browser.sessionCookie();

        browser.at(FIRST).run("change-id");

        assertThat(newBrowser()
                        .at(SECOND)
                        .runWithCookies("JSESSIONID=" + withForeignRoute(oldCookie), "find")
                        .result("find"))
                .isEqualTo("none");
        assertThat(browser.at(SECOND).run("get a").result("get a")).isEqualTo("1");
    }

    @Test
    @Assertion(28)
    void invalidatedSessionIsGoneOnTheOtherNode() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set a 1");
        browser.at(SECOND).run("get a");
        String cookie = browser.sessionCookie();

        browser.at(FIRST).run("invalidate");

        assertThat(newBrowser()
                        .at(SECOND)
                        .runWithCookies("JSESSIONID=" + withForeignRoute(cookie), "find")
                        .result("find"))
                .isEqualTo("none");
    }

    @Test
    @Assertion(34)
    void changedIntervalHoldsOnTheOtherNode() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set-interval 77");

        assertThat(browser.at(SECOND).run("interval").result("interval")).isEqualTo("77");
    }

    @Test
    @Assertion(35)
    void creationTimeIsTheSameOnTheOtherNode() {
        Browser browser = newBrowser();
        Exchange exchange = browser.at(FIRST).run("now", "create", "created");
        String created = exchange.result("created");

        assertThat(browser.at(SECOND).run("created").result("created")).isEqualTo(created);
        assertThat(Long.parseLong(created)).isGreaterThanOrEqualTo(Long.parseLong(exchange.result("now")));
    }

    @Test
    @Assertion(20)
    void idStaysWhenTheRouteChanges() {
        Browser browser = newBrowser();
        String id = browser.at(FIRST).run("create").result("create");
        assertThat(browser.sessionCookie()).endsWith(".jvm1");

        Exchange exchange = browser.at(SECOND).run("find", "requested-id");

        assertThat(exchange.result("find")).isEqualTo(id);
        assertThat(exchange.result("requested-id")).startsWith(id).endsWith(".jvm1");
        assertThat(exchange.sessionCookie().value()).startsWith(id).endsWith(".jvm2");
    }

    @Test
    @Assertion(77)
    void sameIdOfAnotherApplicationIsUnknown() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set a 1");

        for (int node : new int[] {FIRST, SECOND}) {
            Exchange exchange =
                    newBrowser(ROOT).at(node).runWithCookies("JSESSIONID=" + browser.sessionCookie(), "find");
            assertThat(exchange.result("find")).isEqualTo("none");
        }
    }

    /**
     * An id with the route of the other node, as a balancer leaves it when it does not stick: no app node may trust
     * its near-cache for it.
     */
    private static String withForeignRoute(String sessionId) {
        return sessionId.replaceFirst("\\.[^.]*$", ".jvm9");
    }
}
