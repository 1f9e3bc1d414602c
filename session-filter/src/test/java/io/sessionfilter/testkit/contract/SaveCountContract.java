package io.sessionfilter.testkit.contract;

import static io.sessionfilter.testkit.contract.Browser.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often one request is saved, by the filter's own counter. Ours only. */
abstract class SaveCountContract extends ContractTest {
    /** The first save is that of the servlet's changes, the second that of what a listener or a target changes after. */
    @ParameterizedTest
    @Assertion(58)
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | complete",
                "1 | dispatch /inner",
                "1 | dispatch-by-context /inner",
                "1 | listen complete,timeout 50",
                "2 | listen complete,listen timeout b 2 complete,timeout 50",
                "2 | listen complete,listen error b 2 complete,throw"
            })
    void asynchronousRequestIsSavedOnceForEachOfItsChanges(int saves, String end) {
        Browser browser = newBrowser();
        browser.run("create", "set-list list 1");
        long before = saves();

        browser.get("/do?"
                + parameters(
                        "do", CommitContract.steps("only REQUEST", "start-async", "set a 1", "add-to-list list 2", end))
                + "&" + parameters("inner", "get a", "get list"));
        if (end.startsWith("listen")) {
            assertThat(browser.noted("complete")).isEqualTo("heard");
        }

        // Read before the counter: it has all saves of the request before then.
        Exchange next = browser.run("get a", "get list", "get b");
        assertThat(saves() - before).isEqualTo(saves);
        assertThat(next.result("get a")).isEqualTo("1");
        assertThat(next.result("get list")).isEqualTo("[1, 2]");
        assertThat(next.result("get b")).isEqualTo(saves == 1 ? "null" : "2");
    }

    @Test
    @Assertion(58)
    void targetOfAnAsynchronousDispatchIsSavedOnceMoreIfItChangesSomething() {
        Browser browser = newBrowser();
        browser.run("create", "set-list list 1");
        long before = saves();

        browser.get("/do?" + parameters("do", "start-async", "set a 1", "dispatch /inner") + "&"
                + parameters("inner", "add-to-list list 2", "set b 2"));

        assertThat(browser.run("get list", "get b").body()).contains("get list -> [1, 2]", "get b -> 2");
        assertThat(saves() - before).isEqualTo(2);
    }

    /** This application maps the filter twice. */
    @ParameterizedTest
    @Assertion({8, 52})
    @ValueSource(strings = {"include /inner", "forward /inner", "forward-by-name inner", "start-async,dispatch /inner"})
    void requestThatMeetsTheFilterTwiceIsSavedOnce(String dispatch) {
        Browser browser = newBrowser(CONFIGURED);
        browser.run("create", "set-list list 1");
        long before = saves(CONFIGURED);

        browser.get("/do?" + parameters("do", CommitContract.steps("set a 1", "add-to-list list 2", dispatch)) + "&"
                + parameters("inner", "get a", "get list"));

        assertThat(browser.run("get a", "get list").body()).contains("get a -> 1", "get list -> [1, 2]");
        assertThat(saves(CONFIGURED) - before).isEqualTo(1);
    }

    private long saves() {
        return saves(contextPath());
    }

    private static long saves(String contextPath) {
        try {
            return (Long) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(
                            new ObjectName("io.sessionfilter:type=Sessions,context=" + ObjectName.quote(contextPath)
                                    + ",filter=\"session-filter\",route=\"jvm1\""),
                            "saves");
        } catch (JMException e) {
            throw new AssertionError("the filter shows no counters", e);
        }
    }
}
