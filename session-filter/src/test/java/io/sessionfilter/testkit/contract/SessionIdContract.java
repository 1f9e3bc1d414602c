package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The form of our session ids. Ours only: containers have forms of their own. */
abstract class SessionIdContract extends ContractTest {
    @Test
    @Assertion(20)
    void cookieIsKeyNodeIdAndRoute() {
        Exchange exchange = newBrowser().run("create");

        assertThat(exchange.sessionCookie().value())
                .matches("[A-Za-z0-9]{20,64}-n[12]\\.jvm1")
                .startsWith(exchange.result("create") + "-");
    }

    /** 24 characters out of 62 are 142 bits; that the characters are random is seen at each place. */
    @Test
    @Assertion(51)
    void keysAreLongAndNeverTheSame() {
        List<String> keys = Stream.generate(() -> newBrowser().run("create").result("create"))
                .limit(100)
                .toList();

        assertThat(keys)
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(key).matches("[A-Za-z0-9]{24}"));
        for (int place = 0; place < 24; place++) {
            int index = place;
            assertThat(keys.stream().map(key -> key.charAt(index)).distinct().count())
                    .as("different characters at place " + place)
                    .isGreaterThan(20);
        }
    }

    @Test
    @Assertion(20)
    void applicationSeesTheBareKey() {
        assertThat(newBrowser().run("create").result("create")).matches("[A-Za-z0-9]{20,64}");
    }

    @Test
    @Assertion(20)
    void keyAloneFindsTheSession() {
        Browser browser = newBrowser();
        String key = browser.run("create").result("create");

        Exchange exchange = newBrowser().runWithCookies("JSESSIONID=" + key, "find", "requested-id");

        assertThat(exchange.result("find")).isEqualTo(key);
        assertThat(exchange.result("requested-id")).isEqualTo(key);
    }

    @Test
    @Assertion(20)
    void nodeIdAndRouteAreHintsOnly() {
        Browser browser = newBrowser();
        String key = browser.run("create").result("create");

        assertThat(newBrowser()
                        .runWithCookies("JSESSIONID=" + key + "-n7.jvm7", "find")
                        .result("find"))
                .isEqualTo(key);
    }

    @Test
    @Assertion(14)
    void containersOwnSessionIsNeverUsed() {
        Exchange exchange = newBrowser().run("create", "set a 1");

        assertThat(exchange.setCookies()).hasSize(1);
    }
}
