package io.sessionfilter.example.demo.check;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A browser with one window: it keeps cookies, follows redirects, and fills in the forms that a page has. */
final class Browser {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 5;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TIMEOUT)
            .build();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final URI base;
    private final String language;

    Browser(URI base, String language) {
        this.base = base;
        this.language = language;
    }

    /** Returns another browser, at another address perhaps, that somehow has got hold of this one's cookies. */
    Browser withSameCookies(URI otherBase) {
        Browser other = new Browser(otherBase, language);
        other.cookies.putAll(cookies);
        return other;
    }

    Map<String, String> cookies() {
        return Map.copyOf(cookies);
    }

    /** Goes to a path of the site, and where it redirects to. */
    Page open(String path) throws IOException, InterruptedException {
        return follow(base.resolve(path), send(get(base.resolve(path))));
    }

    /** Sends a page's form, with these fields filled in, and goes where that leads. */
    Page submit(Page.Form form, Map<String, String> typed) throws IOException, InterruptedException {
        return submit(form, form.action(), typed);
    }

    /** The same by a button that sends the form elsewhere. */
    Page submit(Page.Form form, String action, Map<String, String> typed) throws IOException, InterruptedException {
        URI uri = base.resolve(action);
        return follow(uri, send(post(uri, form, typed)));
    }

    /** Sends a page's form, and does not wait for the answer, nor follows it. */
    CompletableFuture<Integer> submitLater(Page.Form form, Map<String, String> typed) {
        return http.sendAsync(post(base.resolve(form.action()), form, typed), HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    private HttpRequest get(URI uri) {
        return request(uri).GET().build();
    }

    private HttpRequest post(URI uri, Page.Form form, Map<String, String> typed) {
        Map<String, String> fields = new LinkedHashMap<>(form.fields());
        fields.putAll(typed);
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return request(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept-Language", language);
        if (!cookies.isEmpty()) {
            builder.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return builder;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        response.headers().allValues("Set-Cookie").forEach(this::keepCookie);
        return response;
    }

    private void keepCookie(String setCookie) {
        String pair = setCookie.split(";", 2)[0];
        int equals = pair.indexOf('=');
        String name = pair.substring(0, equals).strip();
        if (setCookie.toLowerCase(Locale.ROOT).matches(".*;\\s*max-age=0.*")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(equals + 1).strip());
        }
    }

    private Page follow(URI uri, HttpResponse<String> first) throws IOException, InterruptedException {
        URI current = uri;
        HttpResponse<String> response = first;
        for (int redirects = 0; isRedirect(response); redirects++) {
            if (redirects == MOST_REDIRECTS) {
                throw new CheckFailed("redirected in circles at " + current);
            }
            current = current.resolve(response.headers().firstValue("Location").orElse("/"));
            response = send(get(current));
        }
        return new Page(current, response.statusCode(), response.body());
    }

    private static boolean isRedirect(HttpResponse<?> response) {
        return response.statusCode() / 100 == 3
                && response.headers().firstValue("Location").isPresent();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
