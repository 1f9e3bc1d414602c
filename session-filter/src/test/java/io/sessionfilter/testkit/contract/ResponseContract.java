package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the application says of its response's text holds, and its session is there with it. */
abstract class ResponseContract extends ContractTest {
    @ParameterizedTest
    @Assertion(12)
    @CsvSource(
            delimiter = '|',
            value = {
                "encoding UTF-8                                                     | UTF-8",
                "content-type text/html;charset=UTF-8                               | UTF-8",
                "content-type text/html;charset=ISO-8859-1,encoding UTF-8           | UTF-8",
                "content-type-header text/html;charset=UTF-8                        | UTF-8",
                "content-type text/html;charset=UTF-8,writer,encoding UTF-16BE      | UTF-8",
                "content-type text/html;charset=UTF-16BE                            | UTF-16BE"
            })
    void encodingIsTheOneSetBeforeTheWriter(String head, String encoding) {
        Browser browser = newBrowser();

        Exchange exchange = browser.run(CommitContract.steps("create", "set a 1", head, "text caf\u00e9"));

        assertThat(exchange.body(Charset.forName(encoding))).isEqualTo("caf\u00e9");
        assertThat(browser.run("get a").result("get a")).isEqualTo("1");
    }

    @Test
    @Assertion({6, 12})
    void writerNoticesThatTheClientHasHungUpAndTheSessionIsSaved() {
        Browser browser = newBrowser();
        browser.run("create", "set-list list 1");
        String gate = "hung-up-writer-" + browser.sessionCookie();

        browser.runAndHangUp(gate, "gate " + gate, "add-to-list list 2", "write-until-error", "set b 2");
        browser.openGate(gate);

        assertThat(browser.noted("write-until-error")).isEqualTo("noticed");
        assertThat(browser.noted("set b 2")).isEqualTo("done");
        Await.until("the changes are there", () -> {
            Exchange next = browser.run("get list", "get b");
            return next.result("get list").equals("[1, 2]")
                    && next.result("get b").equals("2");
        });
    }
}
