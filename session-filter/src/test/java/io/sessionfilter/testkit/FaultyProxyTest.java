package io.sessionfilter.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyProxyTest {
    private static final int SHORT_MILLIS = 300;
    private static final String VALUE = "v".repeat(1000);

    private final InMemoryMemcached memcached = InMemoryMemcached.start();
    private final FaultyProxy proxy = FaultyProxy.to(memcached.port());

    private Socket socket;
    private BufferedReader answers;

    @BeforeEach
    void connect() throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(5000);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        proxy.close();
        memcached.close();
    }

    private void send(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private String ask(String command) throws IOException {
        send(command);
        return answers.readLine();
    }

    @Test
    void forwardsAndCountsTheCommandsButNotTheData() throws IOException {
        assertThat(ask("ms k 6\r\nmg x v")).isEqualTo("HD");
        assertThat(ask("mg k v")).isEqualTo("VA 6");
        assertThat(answers.readLine()).isEqualTo("mg x v");
        assertThat(ask("mn")).isEqualTo("MN");

        assertThat(proxy.commands()).isEqualTo(Map.of("ms", 1L, "mg", 1L, "mn", 1L));
    }

    @Test
    void tellsWhenTheLastOperationCameWhichIsNoProbe() throws IOException {
        ask("mn");
        assertThat(proxy.lastOperationNanos()).isEqualTo(Long.MIN_VALUE);
        long before = System.nanoTime();

        ask("mg k v");

        assertThat(proxy.lastOperationNanos()).isBetween(before, System.nanoTime());
    }

    @Test
    void delaysAnswers() throws IOException {
        proxy.delay(Duration.ofMillis(SHORT_MILLIS));
        long before = System.nanoTime();

        assertThat(ask("mn")).isEqualTo("MN");

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThanOrEqualTo(Duration.ofMillis(SHORT_MILLIS));
    }

    @Test
    void blackHoleTakesConnectionsAndBytesAndDeliversThemWhenHealed() throws IOException {
        proxy.blackHole();
        long before = memcached.commandCount();
        socket.setSoTimeout(SHORT_MILLIS);

        assertThatThrownBy(() -> ask("mn")).isInstanceOf(SocketTimeoutException.class);
        try (Socket another = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            assertThat(another.isConnected()).isTrue();
        }
        assertThat(memcached.commandCount()).isEqualTo(before);
        assertThat(proxy.commands()).isEqualTo(Map.of("mn", 1L));

        proxy.heal();
        socket.setSoTimeout(5000);
        assertThat(answers.readLine()).isEqualTo("MN");
    }

    @Test
    void heldAnswersBelongToRequestsThatHaveArrived() throws IOException {
        proxy.holdAnswers();

        send("ms k 1\r\nv");

        Await.until("the request has arrived", () -> memcached.commandCount() == 1);
        socket.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(answers::readLine).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void heldRequestsDoNotArrive() throws IOException {
        proxy.holdRequests();

        send("ms k 1\r\nv");

        Await.until("the proxy has it", () -> proxy.commands().containsKey("ms"));
        assertThat(memcached.commandCount()).isZero();
        proxy.heal();
        assertThat(answers.readLine()).isEqualTo("HD");
    }

    @Test
    void resetsConnectionsAndTakesNewOnes() throws IOException {
        ask("mn");

        proxy.reset();

        assertThatThrownBy(() -> answers.readLine())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        connect();
        assertThat(ask("mn")).isEqualTo("MN");
    }

    @Test
    void resetsWithinAValue() throws IOException {
        ask("ms k 1000\r\n" + VALUE);
        proxy.resetWithinValues(1);

        assertThat(ask("mg k v")).isEqualTo("VA 1000");
        assertThatThrownBy(() -> answers.readLine())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");

        connect();
        assertThat(ask("mg k v")).isEqualTo("VA 1000");
        assertThat(answers.readLine()).isEqualTo(VALUE);
    }

    @Test
    void refusesUntilHealed() throws IOException {
        proxy.refuse();

        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);

        proxy.heal();
        connect();
        assertThat(ask("mn")).isEqualTo("MN");
    }

    @Test
    void endOfTheServerIsTheEndOfTheConnection() throws IOException {
        ask("mn");

        memcached.close();

        assertThat(answers.readLine()).isNull();
        Await.until("the connection is forgotten", () -> proxy.connections() == 0);
    }
}
