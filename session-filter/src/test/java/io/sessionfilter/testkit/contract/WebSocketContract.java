package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The session that a WebSocket's handshake shows. In the root application: there Jetty's filter for WebSockets is declared after ours, as our
 * documentation says; by itself it comes before all others.
 */
abstract class WebSocketContract extends ContractTest {
    private static final String REFUSED = "!IllegalStateException";

    @Test
    @Assertion(73)
    void handshakeShowsTheSession() {
        Browser browser = newBrowser(ROOT);
        String id = browser.run("create", "set a 1").result("create");

        try (SocketClient socket = browser.socket()) {
            assertThat(socket.ask("session id")).isEqualTo(id);
            assertThat(socket.ask("session get a")).isEqualTo("1");
        }
    }

    @Test
    @Assertion(73)
    @HoldsWithoutSession("there is none")
    void handshakeWithoutASessionShowsNone() {
        try (SocketClient socket = newBrowser(ROOT).socket()) {
            assertThat(socket.ask("session id")).isEqualTo("none");
        }
    }

    @Test
    @Assertion(73)
    void changeByTheEndpointIsSeenByTheNextRequest() {
        Browser browser = newBrowser(ROOT);
        browser.run("create");

        try (SocketClient socket = browser.socket()) {
            assertThat(socket.ask("session set a 1")).isEqualTo("done");
            assertThat(browser.run("get a").result("get a")).isEqualTo("1");
            browser.run("set a 2");
            assertThat(socket.ask("session get a")).isEqualTo("2");
        }
    }

    @Test
    @Assertion(72)
    @Needs(Feature.ACCESSORS)
    void accessorOfTheSessionThatTheHandshakeShowsReachesItWhenTheHandshakeIsOver() {
        Browser browser = newBrowser(ROOT);
        String id = browser.run("create", "set-list list 1").result("create");

        try (SocketClient socket = browser.socket()) {
            assertThat(socket.ask("accessor id")).isEqualTo(id);
            assertThat(socket.ask("accessor set a 1")).isEqualTo("done");
            assertThat(socket.ask("accessor add-to-list list 2")).isEqualTo("done");
            assertThat(browser.run("get a", "get list").body()).contains("get a -> 1", "get list -> [1, 2]");
            browser.run("set a 2");
            assertThat(socket.ask("accessor get a")).isEqualTo("2");
            browser.run("invalidate");
            assertThat(socket.ask("accessor get a")).isEqualTo(REFUSED);
        }
    }

    @Test
    @Assertion(73)
    @NativeDiffers(on = "undertow", because = "it closes the WebSockets of its own sessions when these end")
    void sessionInvalidatedByARequestHasEndedForTheEndpoint() {
        Browser browser = newBrowser(ROOT);
        browser.run("create");

        try (SocketClient socket = browser.socket()) {
            assertThat(socket.ask("session get a")).isEqualTo("null");
            browser.run("invalidate");
            assertThat(socket.ask("session get a")).isEqualTo(REFUSED);
        }
    }
}
