package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What only sessions that several app nodes may serve have listeners hear, and what only ours promise: of expiry, without a further request. */
abstract class TwoNodesListenerContract extends ContractTest {
    @Override
    String contextPath() {
        return LISTENERS;
    }

    /** A third app node with this application and the same store, to be stopped by the test. */
    abstract Deployment startAnotherNode() throws Exception;

    private String events(int node, String id) {
        return newBrowser().at(node).run("events " + id).result("events " + id);
    }

    @Test
    @Assertion({65, 67})
    void expiryIsToldWithoutAnotherRequest() {
        String id = newBrowser()
                .run("create", "set-interval 1", "set a 1", "bind b x")
                .result("create");

        Await.until(
                "the expiry is told",
                () -> events(0, id).contains("removed a=1") && events(0, id).contains("removed b=x"));

        assertThat(events(0, id))
                .contains("added b=x | late destroyed | destroyed a=1 own-loader=true | ")
                .containsOnlyOnce("late destroyed")
                .containsOnlyOnce("unbound x seen=null | removed b=x");
    }

    @Test
    @Assertion({65, 67})
    void expiryIsToldByOneOfThoseThatServed() {
        Browser browser = newBrowser();
        String id = browser.run("create", "set-interval 2", "bind b x").result("create");
        browser.at(1).run("find");

        Await.until("the expiry is told", () -> (events(0, id) + events(1, id)).endsWith("removed b=x"));
        assertThat(browser.at(0).run("find").result("find")).isEqualTo("none");
        assertThat(browser.at(1).run("find").result("find")).isEqualTo("none");

        assertThat(events(0, id) + " | " + events(1, id))
                .containsOnlyOnce("late destroyed | destroyed a=null own-loader=true")
                .containsOnlyOnce("unbound x seen=null | removed b=x");
    }

    @Test
    @Assertion({65, 67})
    void expiryIsToldOnceWithWhatIsStoredByOneThatServedBeforeWhenTheLastOneIsDead() throws Exception {
        Browser browser = newBrowser();
        Deployment mortal = startAnotherNode();
        String id;
        try {
            id = browser.run("create", "set-interval 5", "set a 1", "bind b x").result("create");
            newBrowserAt(mortal).runWithCookies("JSESSIONID=" + browser.sessionCookie(), "set a 2");
        } finally {
            mortal.stop();
        }

        Await.until(
                "the expiry is told",
                Duration.ofSeconds(30),
                () -> events(0, id).contains("removed a=2") && events(0, id).contains("removed b=x"));

        assertThat(events(0, id))
                .containsOnlyOnce("late destroyed | destroyed a=2 own-loader=true")
                .containsOnlyOnce("unbound x seen=null | removed b=x")
                .containsOnlyOnce("removed a=2");
        assertThat(events(1, id)).doesNotContain("destroyed");
    }

    @Test
    @Assertion(64)
    void invalidationIsToldByTheAppNodeThatInvalidates() {
        Browser browser = newBrowser();
        String id = browser.run("create", "bind b x", "set a 1").result("create");
        browser.at(1).run("invalidate");

        assertThat(events(1, id))
                .startsWith("late destroyed | destroyed a=1 own-loader=true | ")
                .contains("removed a=1", "unbound x seen=null | removed b=x");
        browser.at(0).run("find");
        assertThat(events(0, id)).isEqualTo("bound x seen=null | added b=x | added a=1");
    }

    @Test
    @Assertion(63)
    void aValueOfAnotherAppNodeIsUnboundWhereItIsReplaced() {
        Browser browser = newBrowser();
        String id = browser.run("create", "bind b x").result("create");
        browser.at(1).run("set b 1");

        assertThat(events(1, id)).isEqualTo("unbound x seen=1 | replaced b=x");
    }

    @Test
    @Assertion(66)
    void aValueIsPassivatedForTheStoreAndActivatedBeforeItIsRead() {
        Browser browser = newBrowser();
        String id = browser.run("create", "set-active b").result("create");

        assertThat(browser.run("get b").result("get b")).isEqualTo("connected");
        assertThat(browser.at(1).run("get b").result("get b")).isEqualTo("connected");
        assertThat(events(0, id)).startsWith("added b=connected | passivated | activated");
        assertThat(events(1, id)).startsWith("activated | passivated | activated");
    }
}
