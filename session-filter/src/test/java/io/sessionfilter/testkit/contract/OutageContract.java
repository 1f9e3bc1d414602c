package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.MemcachedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What users see while memcached is away, and after. Ours only. */
abstract class OutageContract extends ContractTest {
    static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(1);

    /** Generous: a loaded machine may take its time between a request and the kill that follows it. */
    static final Map<String, String> SETTINGS =
            Map.of("operationTimeout", OPERATION_TIMEOUT.toMillis() + "ms", "validateAfter", "20s");

    private static final int FIRST = 0;
    private static final int SECOND = 1;
    private static final int LOOKS = 5;

    /** The memcached nodes of this application and of no other. */
    abstract List<MemcachedProcess> memcachedNodes();

    @Override
    String contextPath() {
        return OUTAGE;
    }

    @Test
    @Assertion(16)
    void lookingForASessionThatIsNotThereAsksEachMemcachedNodeOnceAtMost() {
        Browser browser = newBrowser();
        String unknown = "JSESSIONID=" + browser.run("create").result("create").replaceFirst("^.{8}", "AAAAAAAA");

        AtomicLong fewest = new AtomicLong();
        // The test before may have left memcached just restarted, and not asked yet.
        Await.until("memcached is there to be asked", () -> {
            fewest.set(fewestQuestionsFor(browser, unknown));
            return fewest.get() >= 1;
        });
        assertThat(fewest.get()).isLessThanOrEqualTo(memcachedNodes().size());
    }

    /** Of several looks: copies that are made up for in the background are asked for too, and add to some of them. */
    private long fewestQuestionsFor(Browser browser, String cookie) {
        return LongStream.range(0, LOOKS)
                .map(look -> questionsFor(browser, cookie))
                .min()
                .orElseThrow();
    }

    private long questionsFor(Browser browser, String cookie) {
        long before = misses();

        Exchange exchange = browser.runWithCookies(cookie, "find", "requested-valid", "find", "requested-valid");

        assertThat(exchange.result("find")).isEqualTo("none");
        return misses() - before;
    }

    private long misses() {
        return memcachedNodes().stream()
                .mapToLong(node -> node.statistic("get_misses"))
                .sum();
    }

    @Test
    @Assertion(62)
    void editsGoOnWithoutMemcachedAndAreEverywhereWhenItIsBack() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set-list draft 0");

        memcachedNodes().forEach(MemcachedProcess::kill);
        for (String edit : List.of("1", "2", "3")) {
            Exchange change = browser.at(FIRST).run("add-to-list draft " + edit);
            assertThat(change.status()).isEqualTo(200);
            assertThat(browser.at(FIRST).run("get draft").result("get draft")).contains(edit);
        }
        memcachedNodes().forEach(MemcachedProcess::restart);

        assertThat(browser.at(FIRST).run("get draft").result("get draft"))
                .as("after the restart")
                .isEqualTo("[0, 1, 2, 3]");
        browser.at(FIRST).run("add-to-list draft 4");
        String ownCookie = "JSESSIONID=" + browser.sessionCookie();
        Await.until(
                "the other app node knows the whole draft",
                Duration.ofSeconds(20),
                () -> browser.at(SECOND)
                        .runWithCookies(ownCookie, "get draft")
                        .body()
                        .contains("[0, 1, 2, 3, 4]"));
        browser.at(SECOND).run("add-to-list draft 5");
        assertThat(browser.at(SECOND).run("get draft").result("get draft")).isEqualTo("[0, 1, 2, 3, 4, 5]");
    }

    @Test
    @Assertion(62)
    void sessionCreatedWithoutMemcachedIsEverywhereWhenItIsBack() {
        memcachedNodes().forEach(MemcachedProcess::kill);
        Browser browser = newBrowser();
        Exchange created = browser.at(FIRST).run("create", "set a 1");
        assertThat(created.status()).isEqualTo(200);
        assertThat(browser.at(FIRST).run("get a").result("get a")).isEqualTo("1");

        memcachedNodes().forEach(MemcachedProcess::restart);

        String ownCookie = "JSESSIONID=" + browser.sessionCookie();
        Await.until(
                "the other app node knows the session, without a request to the first",
                Duration.ofSeconds(20),
                () -> browser.at(SECOND)
                        .runWithCookies(ownCookie, "find", "get a")
                        .body()
                        .contains("get a -> 1"));
    }

    @Test
    @Assertion(62)
    void logoutWithoutMemcachedHoldsEverywhereWhenItIsBackWithItsOldData() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set a 1");
        String oldCookie = "JSESSIONID=" + browser.sessionCookie();

        memcachedNodes().forEach(MemcachedProcess::freeze);
        Exchange logout = browser.at(FIRST).run("invalidate");
        assertThat(logout.status()).isEqualTo(200);
        assertThat(browser.at(FIRST).runWithCookies(oldCookie, "find").result("find"))
                .isEqualTo("none");
        memcachedNodes().forEach(MemcachedProcess::thaw);

        Await.until(
                "the logout is known on the other app node",
                Duration.ofSeconds(20),
                () -> browser.at(SECOND)
                        .runWithCookies(oldCookie, "find")
                        .result("find")
                        .equals("none"));
        assertThat(browser.at(FIRST).runWithCookies(oldCookie, "find").result("find"))
                .isEqualTo("none");
    }

    @Test
    @Assertion(62)
    void requestDuringWhichMemcachedIsKilledIsAnsweredWithinTwoOperationTimeouts() throws Exception {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set a 1");
        memcachedNodes().forEach(MemcachedProcess::freeze);
        String gate = "before-the-kill";
        CompletableFuture<Exchange> request = browser.at(FIRST).start("set a 2", "gate " + gate, "flush-buffer");
        browser.awaitArrivalAt(gate);

        long begin = System.nanoTime();
        browser.at(FIRST).openGate(gate);
        memcachedNodes().forEach(MemcachedProcess::kill);
        Exchange answer = request.get();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(OPERATION_TIMEOUT.multipliedBy(2));
        assertThat(browser.at(FIRST).run("get a").result("get a")).isEqualTo("2");
        memcachedNodes().forEach(MemcachedProcess::restart);
    }
}
