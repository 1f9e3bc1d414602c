package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An app node's own clock does not decide alone whether a session has expired. Ours only. */
abstract class TwoNodesExpiryContract extends ContractTest {
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    @Override
    String contextPath() {
        return LISTENERS;
    }

    private String events(int node, String id) {
        return newBrowser().at(node).run("events " + id).result("events " + id);
    }

    @Test
    @Assertion(37)
    void aSessionUsedOnTheOtherAppNodeIsAliveHere() {
        Browser browser = newBrowser();
        StringBuilder oldCookie = new StringBuilder();
        StringBuilder id = new StringBuilder();

        LongUse.of(
                2,
                () -> {
                    browser.cookies().clear();
                    id.replace(0, id.length(), browser.at(FIRST).run("create").result("create"));
                    browser.run("set a 1", "set-interval 2");
                    oldCookie.replace(0, oldCookie.length(), "JSESSIONID=" + browser.sessionCookie());
                },
                () -> assertThat(browser.at(SECOND).run("get a").result("get a"))
                        .isEqualTo("1"));

        assertThat(newBrowser()
                        .at(FIRST)
                        .runWithCookies(oldCookie.toString(), "find", "get a")
                        .body())
                .as("with the cookie that lets the first app node trust itself")
                .contains("find -> " + id, "get a -> 1");
        assertThat(events(FIRST, id.toString()) + events(SECOND, id.toString())).doesNotContain("destroyed");
    }

    @Test
    @Assertion(37)
    void aSessionThatExpiredOnTheOtherAppNodeIsNotRevivedHere() {
        Browser browser = newBrowser();
        String id = browser.at(FIRST).run("create", "set a 1", "set-interval 1").result("create");
        String oldCookie = "JSESSIONID=" + browser.sessionCookie();
        browser.at(SECOND).run("get a");
        Await.until("the expiry is told", () -> (events(FIRST, id) + events(SECOND, id)).contains("destroyed"));

        for (int node : new int[] {FIRST, SECOND}) {
            Browser late = newBrowser().at(node);
            assertThat(late.runWithCookies(oldCookie, "dispatcher").result("dispatcher"))
                    .isEqualTo("REQUEST");
            assertThat(late.runWithCookies(oldCookie, "requested-valid", "find").body())
                    .contains("requested-valid -> false", "find -> none");
        }
    }

    /** A request that is never over would keep its session alive for ever. */
    @Test
    @Assertion({58, 65})
    void aSessionExpiresAfterAnAsynchronousRequestHoweverThatHasEnded() {
        Map<String, String> ids = new LinkedHashMap<>();
        for (String end : List.of(
                "complete", "dispatch /inner", "timeout 50", "throw", "listen timeout b 2 complete,timeout 50")) {
            Browser browser = newBrowser();
            ids.put(end, browser.run("create", "set-interval 1").result("create"));
            browser.run(CommitContract.steps("start-async", "set a 1", end));
        }

        ids.forEach((end, id) -> Await.until(
                "the session has expired after: " + end, () -> events(FIRST, id).contains("destroyed a=1")));
    }
}
