package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.config.CookieSecure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pushed request sends as its cookies. */
class SessionCookieTest {
    private final SessionCookie cookie = new SessionCookie("SID", "/", null, -1, CookieSecure.AUTO, true, Map.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SID=old                      | SID=new",
                "a=1; SID=old;b=2             | a=1; b=2; SID=new",
                "SID=old; SID=older; SIDE=1   | SIDE=1; SID=new",
                "a=SID=1                      | a=SID=1; SID=new",
                "SID                          | SID; SID=new"
            })
    void allCookiesOfTheNameAreReplacedByOneAndTheOthersStay(String header, String replaced) {
        assertThat(cookie.replacedIn(header, "new")).isEqualTo(replaced);
    }

    @Test
    void requestWithoutCookiesGetsTheOne() {
        assertThat(cookie.replacedIn(null, "new")).isEqualTo("SID=new");
        assertThat(cookie.replacedIn("", "new")).isEqualTo("SID=new");
    }
}
