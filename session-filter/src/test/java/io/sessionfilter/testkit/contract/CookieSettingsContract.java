package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the filter's settings say of the cookie goes over what the request says. Ours only. */
abstract class CookieSettingsContract extends ContractTest {
    /** Settings of {@link RegistrationContract#EARLY}. */
    static final Map<String, String> OPEN = Map.of("cookieHttpOnly", "false", "cookieSecure", "false");
    /** Settings of {@link RegistrationContract#LOGIN}. */
    static final Map<String, String> CLOSED = Map.of("cookieSecure", "true");

    private static final Map<String, String> BY_HTTPS = Map.of("X-Forwarded-Proto", "https");

    @Override
    String contextPath() {
        return RegistrationContract.EARLY;
    }

    @Test
    @Assertion({24, 25})
    void cookieIsForScriptsAndForAllConnectionsIfTheSettingsSaySo() {
        Exchange exchange = newBrowser().send("GET", Browser.script("secure", "create"), BY_HTTPS);

        assertThat(exchange.result("secure")).isEqualTo("true");
        assertThat(exchange.sessionCookie().attributes()).doesNotContainKeys("secure", "httponly");
    }

    @Test
    @Assertion({24, 25})
    void cookieThatExpiresTheSessionIsOfTheSameKind() {
        Browser browser = newBrowser(RegistrationContract.LOGIN);
        Exchange created = browser.run("secure", "create");
        Exchange ended = browser.run("invalidate");

        assertThat(created.result("secure")).isEqualTo("false");
        assertThat(created.sessionCookie().attributes()).containsKeys("secure", "httponly");
        assertThat(ended.sessionCookies()).singleElement().satisfies(cookie -> {
            assertThat(cookie.expires()).isTrue();
            assertThat(cookie.attributes()).containsKeys("secure", "httponly");
        });
    }
}
