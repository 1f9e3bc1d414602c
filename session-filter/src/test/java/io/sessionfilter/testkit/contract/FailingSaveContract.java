package io.sessionfilter.testkit.contract;

import static io.sessionfilter.testkit.contract.Browser.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.MemcachedProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An application fails while its session cannot be saved: its own failure is what counts. Ours only. */
abstract class FailingSaveContract extends ContractTest {
    /** The memcached nodes of {@link #OUTAGE}. */
    abstract List<MemcachedProcess> memcachedNodes();

    @Override
    String contextPath() {
        return OUTAGE;
    }

    @Test
    @Assertion({61, 62})
    void exceptionOfTheApplicationGetsThroughThoughNothingCanBeSaved() {
        Browser browser = newBrowser();
        browser.run("create", "set-list list 1");
        memcachedNodes().forEach(MemcachedProcess::kill);

        Exchange exchange = browser.get("/do?" + parameters("do", "set a 1", "add-to-list list 2", "throw") + "&"
                + parameters("error", "failure", "get a"));
        Exchange next = browser.run("get a", "get list");
        memcachedNodes().forEach(MemcachedProcess::restart);

        assertThat(exchange.status()).isEqualTo(500);
        assertThat(exchange.result("failure")).isEqualTo("jakarta.servlet.ServletException: thrown by the script|");
        assertThat(exchange.result("get a")).isEqualTo("1");
        assertThat(next.result("get a")).isEqualTo("1");
        assertThat(next.result("get list")).isEqualTo("[1, 2]");
        String ownCookie = "JSESSIONID=" + browser.sessionCookie();
        Await.until(
                "it is saved when memcached is back, without another request",
                () -> newBrowser()
                        .at(1)
                        .runWithCookies(ownCookie, "get list")
                        .body()
                        .contains("[1, 2]"));
    }
}
