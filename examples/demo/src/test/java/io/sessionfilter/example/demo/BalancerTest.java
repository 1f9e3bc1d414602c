package io.sessionfilter.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The balancer before two app nodes that say only who they are. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BalancerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, HttpServer> appNodes = new HashMap<>();
    private final CountDownLatch thaw = new CountDownLatch(1);
    private volatile String frozen = "";
    private int jvm1Port;
    private Balancer balancer;
    private URI address;

    @BeforeEach
    void start() throws Exception {
        Ports ports = new Ports();
        jvm1Port = startAppNode("jvm1", 0);
        int jvm2Port = startAppNode("jvm2", 0);
        int port = ports.choose(0);
        balancer = new Balancer(port, "SID", List.of("jvm1=127.0.0.1:" + jvm1Port, "jvm2=127.0.0.1:" + jvm2Port));
        balancer.start();
        address = URI.create("http://127.0.0.1:" + port + "/page?x=1");
        awaitAnswer("k-n1.jvm1", "jvm1");
        awaitAnswer("k-n1.jvm2", "jvm2");
    }

    @AfterEach
    void stop() {
        thaw.countDown();
        balancer.close();
        appNodes.values().forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    @Test
    void aSessionGoesToTheAppNodeItsRouteNames() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(ask("k-n1.jvm1")).isEqualTo("jvm1");
            assertThat(ask("k-n1.jvm2")).isEqualTo("jvm2");
        }
    }

    @Test
    void aRequestWithoutASessionGoesToAny() throws Exception {
        Set<String> answered = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            answered.add(ask(null));
        }

        assertThat(answered).containsExactlyInAnyOrder("jvm1", "jvm2");
    }

    @Test
    void aSessionOfAnUnknownRouteIsServedAllTheSame() throws Exception {
        assertThat(ask("k-n1.jvm9")).isIn("jvm1", "jvm2");
    }

    @Test
    void aPostToADeadAppNodeIsAnsweredByTheOtherAtOnceAndReachesItWhole() throws Exception {
        stopAppNode("jvm1");

        HttpResponse<String> response = post("k-n1.jvm1", "text=abc");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("jvm2 text=abc");
    }

    @Test
    void anAppNodeThatComesBackServesItsSessionsAgain() throws Exception {
        stopAppNode("jvm1");
        assertThat(ask("k-n1.jvm1")).isEqualTo("jvm2");

        startAppNode("jvm1", jvm1Port);

        awaitAnswer("k-n1.jvm1", "jvm1");
    }

    @Test
    void anAppNodeThatAcceptsAndSaysNothingIsTakenOut() throws Exception {
        frozen = "jvm1";

        awaitAnswer("k-n1.jvm1", "jvm2");
    }

    private int startAppNode(String route, int port) throws IOException {
        HttpServer server = HttpServer.create(Ports.loopback(port), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(route, exchange));
        server.start();
        appNodes.put(route, server);
        return server.getAddress().getPort();
    }

    private void stopAppNode(String route) {
        Objects.requireNonNull(appNodes.get(route)).stop(0);
    }

    private void answer(String route, HttpExchange exchange) throws IOException {
        if (frozen.equals(route)) {
            try {
                thaw.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] answer = (body.isEmpty() ? route : route + " " + body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String ask(@Nullable String sessionId) throws IOException, InterruptedException {
        return http.send(request(sessionId).GET().build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> post(String sessionId, String body) throws IOException, InterruptedException {
        return http.send(
                request(sessionId)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(@Nullable String sessionId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        return sessionId == null ? request : request.header("Cookie", "SID=" + sessionId);
    }

    private void awaitAnswer(String sessionId, String route) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String answer = ask(sessionId);
        while (!answer.equals(route)) {
            assertThat(System.nanoTime() - deadline)
                    .as("still answered by " + answer)
                    .isNegative();
            Thread.sleep(50);
            answer = ask(sessionId);
        }
    }
}
