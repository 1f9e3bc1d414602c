package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a servlet pushes over HTTP/2 is requested with the session of the request that pushes it. */
abstract class PushContract extends ContractTest {
    private static final String PUSH = "push inner inner=find&inner=get+a";

    @Test
    @Assertion(2)
    @Needs(Feature.PUSH)
    void pushedRequestHasTheSessionOfTheClient() {
        Browser browser = newBrowser();
        String id = browser.run("create", "set a 1").result("create");

        List<Exchange> exchanges = browser.runForPush("find", PUSH);

        assertThat(exchanges.get(0).result("find")).isEqualTo(id);
        assertThat(exchanges.get(1).result("find")).isEqualTo(id);
        assertThat(exchanges.get(1).result("get a")).isEqualTo("1");
        assertThat(exchanges.get(1).sessionCookies()).isEmpty();
    }

    @Test
    @Assertion(2)
    @Needs(Feature.PUSH)
    @NativeDiffers(
            on = "tomcat-10.1",
            because = "such a pushed request has its id in the URL, and is answered with 404")
    @NativeDiffers(on = "jetty-12.1", because = "such a pushed request has no id")
    void pushedRequestHasTheSessionCreatedJustNow() {
        Browser browser = newBrowser();

        List<Exchange> exchanges = browser.runForPush("create", "set a 1", "flush-buffer", PUSH);

        assertThat(exchanges.get(0).sessionCookie().value()).contains(browser.noted("create"));
        assertThat(exchanges.get(1).result("find")).isEqualTo(browser.noted("create"));
        assertThat(exchanges.get(1).result("get a")).isEqualTo("1");
    }
}
