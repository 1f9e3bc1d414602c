package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Requests that carry the cookie and do not ask for the session are uses of it. */
abstract class KeepAliveContract extends ContractTest {
    @Test
    @Assertion({32, 80})
    void requestsThatDoNotTouchTheSessionKeepItAlive() {
        Browser withFiles = newBrowser();
        Browser untouched = newBrowser();
        Browser idle = newBrowser();

        LongUse.of(
                2,
                () -> {
                    withFiles.run("create", "set a 1", "set-interval 2");
                    untouched.run("create", "set a 1", "set-interval 2");
                    idle.run("create", "set a 1", "set-interval 2");
                },
                () -> {
                    assertThat(withFiles.get("/static.txt").body()).contains("a static file");
                    untouched.run("dispatcher");
                });

        assertThat(idle.run("find").result("find")).as("not used").isEqualTo("none");
        assertThat(withFiles.run("get a").result("get a")).as("static files").isEqualTo("1");
        assertThat(untouched.run("get a").result("get a")).as("other requests").isEqualTo("1");
    }
}
