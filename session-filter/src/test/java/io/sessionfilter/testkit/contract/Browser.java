package io.sessionfilter.testkit.contract;

import io.sessionfilter.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A client that keeps its cookies as a browser does, and shows them: it follows no redirect by itself, and every
 * exchange goes into the test's story.
 *
 * <p>Talks to one app node until told to talk to {@linkplain #at another}. May be used by several threads at once.
 */
final class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();

    /** Has connections of its own: a server does not look at a connection while a script goes on after its response. */
    private static final HttpClient ASIDE =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Asks for HTTP/2 with its first request, and takes what is pushed. */
    private static final HttpClient PUSHED_TO =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    private final Deployment deployment;
    private final String contextPath;
    private final List<Exchange> story;
    private final Map<String, String> cookies = new ConcurrentHashMap<>();
    private final String note = UUID.randomUUID().toString();
    private volatile int node;

    /** @param story where the exchanges go; must be safe for the threads that use this browser */
    Browser(Deployment deployment, String contextPath, List<Exchange> story) {
        this.deployment = deployment;
        this.contextPath = contextPath;
        this.story = story;
    }

    /** Goes to this app node from now on: what a balancer does. */
    Browser at(int newNode) {
        node = newNode;
        return this;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    String sessionCookie() {
        String value = cookies.get(Exchange.SESSION_COOKIE);
        if (value == null) {
            throw new AssertionError("the browser has no session cookie");
        }
        return value;
    }

    /** Runs a script and reads the whole response. */
    Exchange run(String... steps) {
        return get(script(steps));
    }

    /** Runs a script; returns when the head of the response is there, while the script may still run. */
    Exchange open(String... steps) {
        return await(send(request("GET", script(steps), Map.of()), true));
    }

    /** As {@link #open}, of a path that may hold several scripts. */
    Exchange openPath(String path) {
        return await(send(request("GET", path, Map.of()), true));
    }

    /** Sends a script and does not wait; the future ends with the whole response. */
    CompletableFuture<Exchange> start(String... steps) {
        return startPath(script(steps));
    }

    /** As {@link #start}, of a path that may hold several scripts. */
    CompletableFuture<Exchange> startPath(String path) {
        return send(request("GET", path, Map.of()), true).thenApplyAsync(exchange -> {
            exchange.body();
            return exchange;
        });
    }

    /** Runs a script over HTTP/2; gives its response, and the one that the server pushes with it. */
    List<Exchange> runForPush(String... steps) {
        HttpRequest request = request("GET", script(steps), Map.of());
        ConcurrentMap<HttpRequest, CompletableFuture<HttpResponse<InputStream>>> pushes = new ConcurrentHashMap<>();
        Exchange asked = exchange(
                request,
                PUSHED_TO
                        .sendAsync(
                                request,
                                HttpResponse.BodyHandlers.ofInputStream(),
                                HttpResponse.PushPromiseHandler.of(
                                        unused -> HttpResponse.BodyHandlers.ofInputStream(), pushes))
                        .join());
        asked.body();
        story.add(asked);
        keep(asked);
        Await.until("something is pushed", () -> !pushes.isEmpty());
        var push = pushes.entrySet().iterator().next();
        Exchange pushed = exchange(
                push.getKey(),
                push.getValue()
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .join());
        pushed.body();
        story.add(pushed);
        return List.of(asked, pushed);
    }

    Exchange get(String path) {
        return send("GET", path, Map.of());
    }

    Exchange send(String method, String path, Map<String, String> headers) {
        Exchange exchange = await(send(request(method, path, headers), true));
        exchange.body();
        return exchange;
    }

    /** Sends this Cookie header instead of the browser's own cookies, which do not change either. */
    Exchange runWithCookies(String cookieHeader, String... steps) {
        Exchange exchange = await(send(request("GET", script(steps), Map.of("Cookie", cookieHeader)), false));
        exchange.body();
        return exchange;
    }

    /** Opens a WebSocket, with this browser's cookies. */
    SocketClient socket() {
        URI uri = URI.create(
                "ws" + deployment.uri(node, contextPath + "/socket").toString().substring("http".length()));
        return SocketClient.connect(CLIENT, uri, cookieHeader(), story);
    }

    /** Sends a script with its cookies and hangs up as soon as the script has come to a gate. */
    void runAndHangUp(String gate, String... steps) {
        URI uri = deployment.uri(node, "/");
        try (Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + pathOf(steps) + " HTTP/1.1\r\nHost: localhost\r\nCookie: "
                                    + Exchange.SESSION_COOKIE + "=" + sessionCookie() + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            awaitArrivalAt(gate);
        } catch (IOException e) {
            throw new UncheckedIOException("hanging up", e);
        }
    }

    /** Writes the text to a socket as it is, and reads until the server closes. */
    Exchange raw(String request) {
        URI uri = deployment.uri(node, "/");
        try (Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            Exchange exchange = Exchange.read(request, socket.getInputStream());
            exchange.body();
            story.add(exchange);
            return exchange;
        } catch (IOException e) {
            throw new UncheckedIOException(request, e);
        }
    }

    /** The whole path of a script, for a {@linkplain #raw raw} request. */
    String pathOf(String... steps) {
        return contextPath + script(steps) + "&note=" + note;
    }

    /** The path of a script, without the context path. */
    static String script(String... steps) {
        return "/do?" + parameters("do", steps);
    }

    /** Steps as request parameters; the name tells for which servlet they are. */
    static String parameters(String name, String... steps) {
        return List.of(steps).stream()
                .map(step -> name + "=" + URLEncoder.encode(step, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /**
     * What the last such step gave, in whichever request of this browser, also where it could not get into a
     * response. Waits for the step: a client may have the whole response while the script goes on.
     */
    String noted(String step) {
        Await.until(
                "the step \"" + step + "\" is done",
                () -> Exchange.find(notes(), step).isPresent());
        return Exchange.find(notes(), step).orElseThrow();
    }

    /** All results of this browser's scripts so far. */
    String notes() {
        return aside("/board?notes=" + note);
    }

    /** Returns when a script has come to this gate. */
    void awaitArrivalAt(String gate) {
        aside("/board?reached=" + gate);
    }

    void openGate(String gate) {
        aside("/board?open=" + gate);
    }

    /** A request beside the story, without cookies. */
    private String aside(String path) {
        HttpRequest request = HttpRequest.newBuilder(deployment.uri(node, contextPath + path))
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> response =
                ASIDE.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " was answered with " + response.statusCode());
        }
        return response.body();
    }

    private HttpRequest request(String method, String path, Map<String, String> headers) {
        String separator = path.contains("?") ? "&" : "?";
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        deployment.uri(node, contextPath + path + separator + "note=" + note))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE);
        headers.forEach(request::header);
        if (!headers.containsKey("Cookie") && !cookies.isEmpty()) {
            request.header("Cookie", cookieHeader());
        }
        return request.build();
    }

    private String cookieHeader() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private CompletableFuture<Exchange> send(HttpRequest request, boolean keepCookies) {
        return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .thenApply(response -> {
                    Exchange exchange = exchange(request, response);
                    story.add(exchange);
                    if (keepCookies) {
                        keep(exchange);
                    }
                    return exchange;
                });
    }

    private void keep(Exchange exchange) {
        for (SetCookie cookie : exchange.setCookies()) {
            if (cookie.expires()) {
                cookies.remove(cookie.name());
            } else {
                cookies.put(cookie.name(), cookie.value());
            }
        }
    }

    private static Exchange exchange(HttpRequest request, HttpResponse<InputStream> response) {
        StringBuilder sent = new StringBuilder(request.method() + " " + request.uri());
        request.headers().map().forEach((name, values) -> sent.append('\n').append(name + ": " + values.get(0)));
        List<String> received = new ArrayList<>();
        response.headers().map().forEach((name, values) -> values.forEach(value -> received.add(name + ": " + value)));
        return new Exchange(sent.toString(), response.statusCode(), received, response.body());
    }

    private static Exchange await(CompletableFuture<Exchange> exchange) {
        return exchange.join();
    }
}
