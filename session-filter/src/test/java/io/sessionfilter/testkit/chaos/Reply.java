package io.sessionfilter.testkit.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a client was answered.
 *
 * @param status of the response
 * @param setCookies each value of {@code Set-Cookie}
 * @param body one line for each step of the script, as {@code get a -> 1}
 */
record Reply(int status, List<String> setCookies, String body) {
    static final String COOKIE = "JSESSIONID";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();

    /**
     * Runs a script on an app node, and waits for its response. By POST: the client must not send it again by itself.
     *
     * @param base scheme, host and port
     * @param cookie the session id; {@code null}: none
     */
    static Reply to(URI base, String path, @Nullable String cookie, List<String> steps) throws IOException {
        String query = steps.stream()
                .map(step -> "do=" + URLEncoder.encode(step, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path + "/do?" + query))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody());
        if (cookie != null) {
            request.header("Cookie", COOKIE + "=" + cookie);
        }
        return of(request.build());
    }

    /** Asks beside the application: for a gate of its board. */
    static Reply aside(URI address) throws IOException {
        return of(HttpRequest.newBuilder(address).timeout(PATIENCE).build());
    }

    private static Reply of(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers().allValues("Set-Cookie"), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What the last such step gave. */
    Optional<String> find(String step) {
        String start = step + " -> ";
        return body.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .reduce((earlier, later) -> later);
    }

    String result(String step) {
        return find(step)
                .orElseThrow(
                        () -> new AssertionError("no result of \"" + step + "\" in status " + status + ": " + body));
    }

    /** The session id that the client is told: empty, if to forget the one it has; absent, if nothing. */
    Optional<String> newCookie() {
        return setCookies.stream()
                .filter(header -> header.startsWith(COOKIE + "="))
                .reduce((earlier, later) -> later)
                .map(header -> header.contains("Max-Age=0")
                        ? ""
                        : header.substring(COOKIE.length() + 1).split(";", 2)[0]);
    }
}
