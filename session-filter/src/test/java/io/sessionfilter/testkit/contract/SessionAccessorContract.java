package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Our own way to sessions from outside of their requests, on every container and every version of the Servlet API; and that the other ways reach
 * the store. Ours only.
 */
abstract class SessionAccessorContract extends ContractTest {
    private static final int FIRST = 0;
    private static final int SECOND = 1;
    private static final String REFUSED = "!IllegalStateException";

    private final String name = UUID.randomUUID().toString();

    @Test
    void sessionIsFoundByItsId() {
        Browser browser = newBrowser();
        String id = browser.run("create", "set-list list 1").result("create");

        Exchange exchange = browser.run("lookup id", "lookup add-to-list list 2");

        assertThat(exchange.result("lookup id")).isEqualTo(id);
        assertThat(browser.run("get list").result("get list")).isEqualTo("[1, 2]");
    }

    @Test
    void sessionOfARequestHasAnAccessor() {
        Browser browser = newBrowser();
        String id = browser.run("create").result("create");

        assertThat(browser.run("lookup-of-session id").result("lookup-of-session id"))
                .isEqualTo(id);
        assertThat(browser.run("find", "invalidate", "lookup-of-session id").result("lookup-of-session id"))
                .isEqualTo(REFUSED);
    }

    @Test
    @Assertion(73)
    void webSocketFindsItsSession() {
        Browser browser = newBrowser();
        String id = browser.run("create", "set a 1").result("create");

        try (SocketClient socket = browser.socket()) {
            assertThat(socket.ask("lookup id")).isEqualTo(id);
            assertThat(socket.ask("lookup get a")).isEqualTo("1");
        }
    }

    @Test
    @Assertion(73)
    @HoldsWithoutSession("about a handshake without a session")
    void webSocketWithoutASessionFindsNone() {
        Browser browser = newBrowser();
        browser.run("find");

        try (SocketClient socket = browser.socket()) {
            assertThat(socket.ask("lookup id")).isEqualTo("none");
        }
    }

    @Test
    @Assertion(73)
    void changeByAWebSocketIsOnTheOtherNode() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set-list list 1");

        try (SocketClient socket = browser.at(FIRST).socket()) {
            socket.ask("lookup set a 1");
            socket.ask("lookup add-to-list list 2");

            Exchange exchange = browser.at(SECOND).run("get a", "get list");
            assertThat(exchange.result("get a")).isEqualTo("1");
            assertThat(exchange.result("get list")).isEqualTo("[1, 2]");
        }
    }

    @Test
    @Assertion(73)
    void webSocketSeesWhatTheOtherNodeHasChanged() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set a 1");

        try (SocketClient socket = browser.at(FIRST).socket()) {
            assertThat(socket.ask("lookup get a")).isEqualTo("1");
            browser.at(SECOND).run("set a 2");

            // With sticky sessions, only when this app node asks the store again.
            Await.until("the change is seen", () -> socket.ask("lookup get a").equals("2"));
        }
    }

    @Test
    @Assertion(73)
    void webSocketKeepsItsSessionAlive() {
        Browser browser = newBrowser();
        String id = browser.run("create", "set-interval 2").result("create");

        try (SocketClient socket = browser.socket()) {
            long end = System.nanoTime() + 3_500_000_000L;
            while (System.nanoTime() < end) {
                assertThat(socket.ask("lookup id")).isEqualTo(id);
            }
        }

        assertThat(browser.run("find").result("find")).isEqualTo(id);
    }

    @Test
    @Assertion(73)
    void webSocketIsRefusedWhenItsSessionHasEnded() {
        Browser browser = newBrowser();
        browser.run("create");

        try (SocketClient socket = browser.socket()) {
            assertThat(socket.ask("lookup get a")).isEqualTo("null");
            browser.run("invalidate");
            assertThat(socket.ask("lookup get a")).isEqualTo(REFUSED);
        }
    }

    @Test
    @Assertion(73)
    void webSocketIsRefusedWhenItsSessionHasEndedOnTheOtherNode() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create");

        try (SocketClient socket = browser.at(FIRST).socket()) {
            assertThat(socket.ask("lookup get a")).isEqualTo("null");
            browser.at(SECOND).run("invalidate");

            // With sticky sessions, only when this app node asks the store again.
            Await.until("it is refused", () -> socket.ask("lookup get a").equals(REFUSED));
        }
    }

    @Test
    @Assertion(73)
    void webSocketIsRefusedWhenTheIdHasChanged() {
        Browser browser = newBrowser();
        browser.run("create");

        try (SocketClient socket = browser.socket()) {
            assertThat(socket.ask("lookup get a")).isEqualTo("null");
            browser.run("change-id");
            assertThat(socket.ask("lookup get a")).isEqualTo(REFUSED);
        }
    }

    @Test
    void changeByAThreadAfterTheResponseIsOnTheOtherNode() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "later " + name + " set a 1");

        browser.openGate(name);

        assertThat(browser.noted("later")).isEqualTo("done");
        assertThat(browser.at(SECOND).run("get a").result("get a")).isEqualTo("1");
    }

    @Test
    @Assertion(83)
    void changeThroughAKeptSessionIsOnTheOtherNode() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set b 1", "keep " + name);

        newBrowser().at(FIRST).run("kept " + name + " set a 1", "kept " + name + " remove b");

        assertThat(browser.at(SECOND).run("names").result("names")).isEqualTo("[a]");
    }

    @Test
    @Assertion(72)
    @Needs(Feature.ACCESSORS)
    void changeByAnAccessorOfAWebSocketIsOnTheOtherNode() {
        Browser browser = newBrowser(ROOT);
        browser.at(FIRST).run("create", "set-list list 1");

        try (SocketClient socket = browser.at(FIRST).socket()) {
            socket.ask("accessor set a 1");
            socket.ask("accessor add-to-list list 2");

            Exchange exchange = browser.at(SECOND).run("get a", "get list");
            assertThat(exchange.result("get a")).isEqualTo("1");
            assertThat(exchange.result("get list")).isEqualTo("[1, 2]");
        }
    }

    @Test
    @Assertion(72)
    @Needs(Feature.ACCESSORS)
    void changeByAnAccessorOfServletIsOnTheOtherNode() {
        Browser browser = newBrowser();
        browser.at(FIRST).run("create", "set-list list 1", "keep-accessor " + name);

        newBrowser().at(FIRST).run("by-accessor " + name + " add-to-list list 2");

        assertThat(browser.at(SECOND).run("get list").result("get list")).isEqualTo("[1, 2]");
    }
}
