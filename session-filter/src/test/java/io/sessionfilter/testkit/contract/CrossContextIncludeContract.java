package io.sessionfilter.testkit.contract;

import static io.sessionfilter.testkit.contract.Browser.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Another application that is included cannot set a cookie; it finds the session whose cookie it has set before. Ours only: containers give
 * it one of the same id.
 */
abstract class CrossContextIncludeContract extends ContractTest {
    @Test
    @Assertion(56)
    @Needs(Feature.INCLUDE_ACROSS)
    void theIncludedApplicationFindsItsOwnSessionAmongTheCookiesOfBoth() {
        Browser browser = newBrowser();
        String id = browser.run("create", "set a 1").result("create");
        Browser there = newBrowser(ROOT);
        there.run("create", "set b 1");
        String cookies = "JSESSIONID=" + browser.sessionCookie() + "; JSESSIONID=" + there.sessionCookie();

        Exchange exchange = browser.send(
                "GET",
                "/do?" + parameters("do", "create", "set a 2", "include-across / /inner", "get b") + "&"
                        + parameters("inner", "set b 2"),
                Map.of("Cookie", cookies));

        assertThat(exchange.result("create")).isEqualTo(id);
        assertThat(exchange.result("get b")).isEqualTo("null");
        assertThat(browser.run("get a", "get b").body()).contains("get a -> 2", "get b -> null");
        assertThat(there.run("get a", "get b").body()).contains("get a -> null", "get b -> 2");
    }
}
