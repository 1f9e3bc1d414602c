package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.UndertowOptions;
import jakarta.servlet.http.PushBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a servlet pushes over HTTP/2 is requested with our session. */
class PushOnUndertowTest {
    private final UndertowApp app = new UndertowApp();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    @SuppressWarnings("deprecation") // deprecated by Servlet 6.1; containers may still offer it
    private void startPushing(boolean create) throws Exception {
        app.server(server -> server.setServerOption(UndertowOptions.ENABLE_HTTP2, true))
                .servlet("/s", (request, response) -> {
                    String id = create ? request.getSession().getId() : "";
                    PushBuilder builder = Objects.requireNonNull(request.newPushBuilder());
                    response.getWriter().print(id + " " + builder.getSessionId());
                    builder.path("pushed").push();
                })
                .servlet(
                        "/pushed",
                        (request, response) -> response.getWriter()
                                .print(String.valueOf(request.getSession().getAttribute("a"))))
                .start();
    }

    private String pushed(String... headers) throws Exception {
        ConcurrentMap<HttpRequest, CompletableFuture<HttpResponse<String>>> pushes = new ConcurrentHashMap<>();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + "/app/s"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.sendAsync(
                        request.build(),
                        HttpResponse.BodyHandlers.ofString(),
                        HttpResponse.PushPromiseHandler.of(unused -> HttpResponse.BodyHandlers.ofString(), pushes))
                .get(20, TimeUnit.SECONDS);
        app.await(() -> pushes.size() == 1);
        String body =
                pushes.values().iterator().next().get(20, TimeUnit.SECONDS).body();
        return response.body() + " " + body;
    }

    @Test
    void pushedRequestHasTheSessionOfTheClient() throws Exception {
        startPushing(false);
        String id = app.sessions.existing(Map.of("a", "1"));

        assertThat(pushed("Cookie", UndertowApp.COOKIE + "=" + id)).isEqualTo(" " + id + " 1");
        assertThat(app.sessions.count()).isEqualTo(1);
    }

    @Test
    void pushedRequestHasTheSessionCreatedJustNow() throws Exception {
        startPushing(true);

        String[] words = pushed().split(" ", -1);

        assertThat(words[1]).startsWith(words[0] + "-");
        assertThat(words[2]).isEqualTo("null");
        assertThat(app.sessions.count()).isEqualTo(1);
    }
}
