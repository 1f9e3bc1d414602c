package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A listener, or a value that listens, ends the session that it is told of: the real one, whatever the event. */
abstract class EndedByListenerContract extends ContractTest {
    @Override
    String contextPath() {
        return LISTENERS;
    }

    private static String events(Browser anybody, String id) {
        return anybody.run("events " + id).result("events " + id);
    }

    private static long count(String events, String what) {
        return Pattern.compile(Pattern.quote(what)).matcher(events).results().count();
    }

    @ParameterizedTest
    @Assertion({66, 84})
    @CsvSource(
            delimiter = '|',
            value = {
                "set a 1                      | set end-when-added 1",
                "set end-when-replaced 1      | set end-when-replaced 2",
                "set end-when-removed 1       | remove end-when-removed",
                "bind b end-when-unbound      | remove b",
                "bind b end-when-unbound      | set b 1"
            })
    void theSessionHasEnded(String before, String step) {
        assertThatItEnds(before, step);
    }

    @Test
    @Assertion({66, 84})
    @NativeDiffers(on = "tomcat-10.1", because = "such a value is never unbound")
    void theSessionHasEndedWhenAValueThatIsBoundEndsIt() {
        assertThatItEnds("set a 1", "bind b end-when-bound");
    }

    /** Of a session that {@code before} has prepared, when {@code step} is told to listeners. */
    final void assertThatItEnds(String before, String step) {
        Browser browser = newBrowser();
        String id = browser.run("create", "bind other x", before).result("create");
        String cookie = browser.sessionCookie();

        Exchange exchange = browser.run("get a", step, "find");

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.result("find")).isEqualTo("none");
        assertThat(newBrowser().runWithCookies("JSESSIONID=" + cookie, "find").result("find"))
                .isEqualTo("none");
        String newId = exchange.result(step);
        String events = events(newBrowser(), id) + (step.equals("change-id") ? events(newBrowser(), newId) : "");
        assertThat(count(events, "late destroyed")).as(events).isEqualTo(1);
        assertThat(count(events, "unbound x")).as(events).isEqualTo(1);
        assertThat(count(events, " unbound ")).as(events).isEqualTo(count(" " + events, " bound "));
    }
}
