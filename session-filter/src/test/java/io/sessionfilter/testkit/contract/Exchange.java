package io.sessionfilter.testkit.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. The body is read when it is first asked for: the head is there as soon as the server
 * has sent it.
 */
final class Exchange {
    static final String SESSION_COOKIE = "JSESSIONID";

    private final String request;
    private final int status;
    private final List<String> headers;
    private final InputStream stream;
    private @Nullable String body;
    private byte[] bytes = {};

    /** @param headers lines of {@code name: value}, in the order received */
    Exchange(String request, int status, List<String> headers, InputStream stream) {
        this.request = request;
        this.status = status;
        this.headers = List.copyOf(headers);
        this.stream = stream;
    }

    int status() {
        return status;
    }

    /** Waits for the end of the response. A response that ends too early has what arrived, and a remark. */
    synchronized String body() {
        String text = body;
        if (text == null) {
            try (stream) {
                bytes = stream.readAllBytes();
                text = new String(bytes, StandardCharsets.UTF_8);
            } catch (IOException e) {
                text = "(broken off: " + e + ")";
            }
            body = text;
        }
        return text;
    }

    /** The body in an encoding that is not UTF-8. */
    synchronized String body(Charset encoding) {
        body();
        return new String(bytes, encoding);
    }

    /** All lines of {@code name: value}, in the order received. */
    List<String> headers() {
        return headers;
    }

    List<String> headers(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).trim())
                .toList();
    }

    List<SetCookie> setCookies() {
        return headers("Set-Cookie").stream().map(SetCookie::parse).toList();
    }

    /** The session cookies of this response: every one, also those that expire it. */
    List<SetCookie> sessionCookies() {
        return setCookies().stream()
                .filter(cookie -> cookie.name().equals(SESSION_COOKIE))
                .toList();
    }

    /** The one session cookie that this response gives. */
    SetCookie sessionCookie() {
        List<SetCookie> cookies = sessionCookies();
        if (cookies.size() != 1 || cookies.get(0).expires()) {
            throw new AssertionError("expected one session cookie in the response, but got " + cookies);
        }
        return cookies.get(0);
    }

    /** What the last such step of the script gave. */
    String result(String step) {
        return find(body(), step)
                .orElseThrow(() ->
                        new AssertionError("no result of \"" + step + "\" in the response (status " + status + ")"));
    }

    static Optional<String> find(String lines, String step) {
        String start = step + " -> ";
        return lines.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .reduce((earlier, later) -> later);
    }

    /** Reads what a server sends until it closes the connection. */
    static Exchange read(String request, InputStream in) {
        try {
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            int headEnd = text.indexOf("\r\n\r\n");
            String head = headEnd < 0 ? text : text.substring(0, headEnd);
            byte[] rest =
                    headEnd < 0 ? new byte[0] : text.substring(headEnd + 4).getBytes(StandardCharsets.ISO_8859_1);
            List<String> lines = head.lines().toList();
            String[] statusLine = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
            int status = statusLine.length > 1 ? Integer.parseInt(statusLine[1]) : 0;
            return new Exchange(
                    request,
                    status,
                    lines.isEmpty() ? lines : lines.subList(1, lines.size()),
                    new java.io.ByteArrayInputStream(rest));
        } catch (IOException e) {
            throw new UncheckedIOException(request, e);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("> ").append(request.strip().replace("\n", "\n> "));
        text.append("\n< ").append(status);
        headers.forEach(header -> text.append("\n< ").append(header));
        String shown = body == null ? "(not read)" : body;
        return text.append('\n')
                .append(shown.length() > 2000 ? shown.substring(0, 2000) + "... (" + shown.length() + ")" : shown)
                .toString();
    }
}
