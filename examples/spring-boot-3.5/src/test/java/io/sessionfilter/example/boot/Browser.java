package io.sessionfilter.example.boot;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A user's browser: it sends its cookies to whichever app node it is sent to, as behind a balancer. */
final class Browser {
    private static final String SESSION_COOKIE = "JSESSIONID";

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final Map<String, String> cookies = new TreeMap<>();

    /** What came back. */
    record Answer(int status, String location, String body) {}

    Answer get(AppNode node, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(node.uri(path)).GET());
    }

    /** Sends a form without a CSRF token. */
    Answer post(AppNode node, String path, Map<String, String> fields) throws IOException, InterruptedException {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(node.uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** Logs in as a user does, by the form. */
    Answer logIn(AppNode node, String user) throws IOException, InterruptedException {
        String page = get(node, "/login").body();
        String token = page.replaceAll("(?s).*name=\"_csrf\"[^>]*value=\"([^\"]+)\".*", "$1");
        return post(node, "/login", Map.of("username", user, "password", "secret", "_csrf", token));
    }

    /** The token of this session, as a page of that app node would contain it. */
    String csrfToken(AppNode node) throws IOException, InterruptedException {
        return get(node, "/token").body();
    }

    String sessionId() {
        return cookies.getOrDefault(SESSION_COOKIE, "");
    }

    void sessionId(String id) {
        cookies.put(SESSION_COOKIE, id);
    }

    /** The names of all cookies that it has been given and that have not expired. */
    List<String> cookieNames() {
        return List.copyOf(cookies.keySet());
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        response.headers().allValues("Set-Cookie").forEach(this::keep);
        String location = response.headers().firstValue("Location").orElse("");
        return new Answer(
                response.statusCode(),
                location.isEmpty() ? "" : URI.create(location).getPath(),
                response.body());
    }

    private void keep(String setCookie) {
        String[] pair = setCookie.split(";", 2)[0].split("=", 2);
        if (setCookie.toLowerCase(Locale.ROOT).contains("max-age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }
}
