package io.sessionfilter.testkit.contract;

import static io.sessionfilter.testkit.contract.Browser.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that goes on in another application of the same container has the session of each in its own place. */
abstract class CrossContextContract extends ContractTest {
    @ParameterizedTest
    @Assertion(56)
    @ValueSource(
            strings = {
                "forward-across / /inner",
                "start-async,dispatch-across / /inner",
                "async,dispatch-across / /inner"
            })
    void theOtherApplicationHasASessionOfItsOwn(String dispatch) {
        Browser browser = newBrowser();
        browser.run("create", "set a 1");
        String cookie = "JSESSIONID=" + browser.sessionCookie();

        Exchange exchange = browser.get("/do?" + parameters("do", CommitContract.steps("set b 2", dispatch)) + "&"
                + parameters("inner", "find", "create", "get a", "get b", "set c 3"));

        assertThat(exchange.result("find")).isEqualTo("none");
        assertThat(exchange.result("get a")).isEqualTo("null");
        assertThat(exchange.result("get b")).isEqualTo("null");
        assertThat(exchange.result("set c 3")).isEqualTo("done");
        assertThat(newBrowser()
                        .runWithCookies(cookie, "get a", "get b", "get c")
                        .body())
                .contains("get a -> 1", "get b -> 2", "get c -> null");
        assertThat(newBrowser(ROOT)
                        .runWithCookies(cookieThere(exchange, cookie), "find", "get a", "get b", "get c")
                        .body())
                .contains("find -> " + exchange.result("create"), "get a -> null", "get b -> null", "get c -> 3");
    }

    /** Some containers share the id, and send no other cookie. */
    private static String cookieThere(Exchange exchange, String shared) {
        return exchange.sessionCookies().stream()
                .filter(cookie -> "/".equals(cookie.attributes().get("path")))
                .map(cookie -> "JSESSIONID=" + cookie.value())
                .findFirst()
                .orElse(shared);
    }
}
