package io.sessionfilter.bench.cluster;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is kept, with as little work for each request as possible: what is measured is the server. Knows of HTTP what the
 * application's answers need: a status, a content length, a cookie.
 */
final class HttpConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 120_000;
    private static final String COOKIE = "JSESSIONID=";

    private final Socket socket;
    private final InputStream input;
    private final StringBuilder line = new StringBuilder();

    HttpConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        input = new BufferedInputStream(socket.getInputStream());
    }

    /** The bytes of a request, to be sent as often as one likes. */
    static byte[] request(String path, @Nullable String cookie) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                        + (cookie == null ? "" : "Cookie: " + cookie + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Sends a request and reads the answer to its end.
     *
     * @return the session cookie that it sets, as it is to be sent back; {@code null}: none
     * @throws IOException also if the answer is anything but a success
     */
    @Nullable
    String exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        String status = line();
        String cookie = null;
        int length = -1;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
            String value = header.substring(name.length() + 1).trim();
            if (name.equals("content-length")) {
                length = Integer.parseInt(value);
            } else if (name.equals("set-cookie") && value.startsWith(COOKIE)) {
                cookie = value.split(";", 2)[0];
            }
        }
        if (!status.startsWith("HTTP/1.1 200") || length < 0) {
            throw new IOException("not an answer of the application: " + status);
        }
        input.skipNBytes(length);
        return cookie;
    }

    private String line() throws IOException {
        line.setLength(0);
        while (true) {
            int next = input.read();
            if (next < 0) {
                throw new EOFException("the server has closed the connection");
            }
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
