package io.sessionfilter.testkit.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A response is byte for byte what it is without our filter, but for the session cookie: compared with the same application beside ours that
 * has no filter, in the same container.
 */
abstract class UnchangedResponseContract extends ContractTest {
    /** The application without a filter. */
    static final String UNFILTERED = "/bare";

    static Stream<String> scripts() {
        return Stream.concat(encodings(), CommitContract.waysToCommit());
    }

    private static Stream<String> encodings() {
        return Stream.of(
                "text caf\u00e9",
                "encoding UTF-8,text caf\u00e9",
                "encoding-charset UTF-8,text caf\u00e9",
                "encoding UTF-16,text caf\u00e9",
                "encoding nonsense,text caf\u00e9",
                "encoding UTF-8,encoding-null,text caf\u00e9",
                "encoding UTF-8,content-type text/html,text caf\u00e9",
                "encoding UTF-8,content-type text/html;charset=ISO-8859-1,text caf\u00e9",
                "content-type text/html,text caf\u00e9",
                "content-type text/html;charset=UTF-8,text caf\u00e9",
                "content-type text/html;charset=UTF-8,content-type-null,text caf\u00e9",
                "content-type text/html;charset=UTF-8,encoding ISO-8859-1,text caf\u00e9",
                "content-type text/html;charset=UTF-8,writer,encoding UTF-16,text caf\u00e9",
                "content-type text/html,writer,content-type text/plain;charset=UTF-8,text caf\u00e9",
                "content-type text/html;charset=UTF-8,flush-buffer,encoding UTF-16,text caf\u00e9",
                "content-type text/html;charset=UTF-8,text gone,reset,text caf\u00e9",
                "content-type text/html;charset=UTF-8,text gone,reset-buffer,text caf\u00e9",
                "content-type-header text/html;charset=UTF-8,text caf\u00e9",
                "content-type application/json,text caf\u00e9",
                "locale ja,text caf\u00e9",
                "locale zh-CN,content-type text/html,text caf\u00e9",
                "encoding UTF-8,locale ja,text caf\u00e9",
                "writer,locale ja,text caf\u00e9",
                "stream-text cafe",
                "stream-text caf\u00e9",
                "stream-text \u4e92",
                "cookie mine 1,text caf\u00e9",
                "content-length setContentLength 4,text cafe",
                "status 404,text caf\u00e9");
    }

    @ParameterizedTest
    @Assertion({1, 12})
    @MethodSource("scripts")
    void responseIsWhatItIsWithoutTheFilter(String script) {
        Browser bare = newBrowser(UNFILTERED);
        Browser browser = newBrowser();
        String[] steps = CommitContract.steps("create", "set a 1", script);

        Exchange expected = bare.run(steps);
        Exchange exchange = browser.run(steps);

        assertThat(shown(exchange)).isEqualTo(shown(expected));
        for (String step : script.split(",", -1)) {
            assertThat(browser.noted(step)).as(step).isEqualTo(bare.noted(step));
        }
        assertThat(browser.run("get a").result("get a")).isEqualTo("1");
    }

    /** All but the session cookie, and what depends on the time and the connection; of the other application's path no trace. */
    private static String shown(Exchange exchange) {
        List<String> headers = exchange.headers().stream()
                .filter(line -> !line.toLowerCase(Locale.ROOT).matches("(date|connection|keep-alive):.*")
                        && !line.contains(Exchange.SESSION_COOKIE + "="))
                .sorted()
                .toList();
        return (exchange.status() + "\n" + String.join("\n", headers) + "\n\n" + exchange.body(ISO_8859_1))
                .replace(UNFILTERED + "/", APP + "/");
    }
}
