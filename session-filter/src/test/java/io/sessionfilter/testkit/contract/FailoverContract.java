package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.MemcachedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users see of the death of one memcached node of two, without a sticky balancer. Ours only. */
abstract class FailoverContract extends ContractTest {
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    /** Generous: a loaded machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Thrice a request waits for a node that does not answer: when it reads, when it writes, and when it looks what has become of that. And once
     * more for a loaded machine. Without timeouts it would wait for the probe to cut the connection, which takes some 6 seconds.
     */
    private static final Duration LONGEST = OutageContract.OPERATION_TIMEOUT.multipliedBy(4);

    /** The memcached nodes of this application: {@code n1} and {@code n2}. */
    abstract List<MemcachedProcess> memcachedNodes();

    @Override
    String contextPath() {
        return FAILOVER;
    }

    /** A session whose two copies are there, and whose cookie names the first node of the two. */
    private Browser newSession() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set a 0");
        Await.until("both memcached nodes have a copy", PATIENCE, () -> {
            browser.at(FIRST).run("get a");
            return isOnAllNodes(browser);
        });
        return browser;
    }

    private boolean isOnAllNodes(Browser browser) throws IOException {
        String id = browser.sessionCookie();
        String storageKey = FAILOVER + ":" + id.substring(0, id.indexOf('-'));
        for (MemcachedProcess memcached : memcachedNodes()) {
            if (!has(memcached, storageKey)) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(MemcachedProcess memcached, String storageKey) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), memcached.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(("mg " + storageKey + " s\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return answer != null && answer.startsWith("HD");
        }
    }

    private MemcachedProcess firstOf(Browser browser) {
        String id = browser.sessionCookie();
        boolean isFirst = id.substring(id.indexOf('-') + 1).startsWith("n1");
        return memcachedNodes().get(isFirst ? 0 : 1);
    }

    private MemcachedProcess secondOf(Browser browser) {
        MemcachedProcess first = firstOf(browser);
        return memcachedNodes().stream()
                .filter(node -> node != first)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theVeryNextRequestAfterAKillSeesTheLastAnswer(boolean firstNode) {
        for (int next : new int[] {FIRST, SECOND}) {
            Browser browser = newSession();
            browser.at(FIRST).run("set a 1");
            browser.at(SECOND).run("set a 2", "set b 1");
            MemcachedProcess victim = firstNode ? firstOf(browser) : secondOf(browser);

            victim.kill();

            Exchange exchange = browser.at(next).run("get a", "get b");
            assertThat(exchange.result("get a")).isEqualTo("2");
            assertThat(exchange.result("get b")).isEqualTo("1");
            victim.restart();
        }
    }

    @Test
    void sixRequestsAtOnceWithTheOldCookieSeeTheLastAnswer() throws Exception {
        Browser browser = newSession();
        String oldCookie = "JSESSIONID=" + browser.sessionCookie();
        browser.at(FIRST).run("set a 1");
        browser.at(SECOND).run("set a 2");
        MemcachedProcess victim = firstOf(browser);

        victim.kill();

        List<CompletableFuture<Exchange>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int node = i % 2;
            answers.add(
                    CompletableFuture.supplyAsync(() -> newBrowser().at(node).runWithCookies(oldCookie, "get a")));
        }
        for (CompletableFuture<Exchange> answer : answers) {
            assertThat(answer.get().result("get a")).isEqualTo("2");
        }
        victim.restart();
    }

    @Test
    void theSecondDeathFindsTheCopiesThatWereMadeAgainAfterTheFirst() {
        Browser browser = newSession();
        MemcachedProcess first = firstOf(browser);
        MemcachedProcess second = secondOf(browser);
        first.kill();
        browser.at(SECOND).run("set a 1");
        first.restart();
        Await.until(
                "the node that came back empty has a copy again, without any request",
                PATIENCE,
                () -> isOnAllNodes(browser));

        second.kill();

        assertThat(browser.at(FIRST).run("get a").result("get a")).isEqualTo("1");
        second.restart();
    }

    @Test
    void aLogoutHoldsWhenTheFirstNodeComesBackWithItsOldData() {
        Browser browser = newSession();
        String oldCookie = "JSESSIONID=" + browser.sessionCookie();
        MemcachedProcess first = firstOf(browser);
        first.freeze();
        browser.at(FIRST).run("invalidate");

        first.thaw();

        for (int node : new int[] {SECOND, FIRST}) {
            assertThat(newBrowser().at(node).runWithCookies(oldCookie, "find").result("find"))
                    .isEqualTo("none");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Assertion(62)
    void requestsGoOnWithinTheirTimeoutsWhileMemcachedNodesAreFrozenAndSoonCostNothing(int frozen) {
        Browser browser = newSession();
        browser.at(FIRST).run("set-list list 0");
        List<MemcachedProcess> victims = frozen == 1 ? List.of(firstOf(browser)) : List.copyOf(memcachedNodes());
        victims.forEach(MemcachedProcess::freeze);

        try {
            for (int i = 1; i <= 10; i++) {
                long begin = System.nanoTime();
                Exchange exchange = browser.at(FIRST).run("get list", "add-to-list list " + i, "set a " + i, "get a");
                Duration took = Duration.ofNanos(System.nanoTime() - begin);

                assertThat(exchange.status()).isEqualTo(200);
                assertThat(exchange.result("get list"))
                        .isEqualTo(IntStream.range(0, i).boxed().toList().toString());
                assertThat(exchange.result("get a")).isEqualTo("" + i);
                assertThat(took).as("request %d", i).isLessThan(LONGEST);
                if (i == 10) {
                    assertThat(took)
                            .as("when the outage has been noticed")
                            .isLessThan(OutageContract.OPERATION_TIMEOUT);
                }
            }
        } finally {
            victims.forEach(MemcachedProcess::thaw);
        }

        Await.until(
                "the other app node knows what was stored",
                PATIENCE,
                () -> browser.at(SECOND).run("get a").result("get a").equals("10"));
        Await.until("both memcached nodes have a copy", PATIENCE, () -> isOnAllNodes(browser));
    }

    @Test
    void theCookieNamesTheNodeThatServes() {
        Browser browser = newSession();
        String before = browser.sessionCookie();
        MemcachedProcess first = firstOf(browser);

        first.kill();
        Await.until("the death is known", PATIENCE, () -> {
            browser.at(FIRST).run("get a");
            return !browser.sessionCookie().equals(before);
        });
        assertThat(browser.sessionCookie()).startsWith(before.substring(0, before.indexOf('-')));

        first.restart();
        Await.until("the return is known", PATIENCE, () -> {
            browser.at(FIRST).run("get a");
            return browser.sessionCookie().equals(before);
        });
    }
}
