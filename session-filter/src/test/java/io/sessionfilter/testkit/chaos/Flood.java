package io.sessionfilter.testkit.chaos;

import io.sessionfilter.testkit.MemcachedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** More than a memcached node has room for: items, or connections. */
final class Flood {
    /** As long as those of sessions: an item's size counts with its key. */
    private static final String KEY = "/flood:%024d";

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int SMALLEST = 150;
    private static final int LARGEST = 2000;
    private static final double CLASS_FACTOR = 1.2;
    private static final int AT_ONCE = 500;
    private static final int MOST_CONNECTIONS = 100;

    private final MemcachedProcess memcached;
    private int count;

    Flood(MemcachedProcess memcached) {
        this.memcached = memcached;
    }

    /** Stores that many items of that many bytes. Returns whether all were taken. */
    boolean items(int bytes, int number) {
        String value = "x".repeat(bytes);
        StringBuilder commands = new StringBuilder();
        for (int i = 0; i < number; i++) {
            count++;
            commands.append("ms ")
                    .append(KEY.formatted(count))
                    .append(' ')
                    .append(bytes)
                    .append(" T3000 q\r\n");
            commands.append(value).append("\r\n");
        }
        commands.append("mn\r\n");
        try (Socket socket = connect()) {
            socket.getOutputStream().write(commands.toString().getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers = reader(socket); // of those that failed, and of the last
            boolean all = true;
            for (String answer = answers.readLine(); !"MN".equals(answer); answer = answers.readLine()) {
                all = false;
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException("flooding", e);
        }
    }

    /** Stores items of all sizes that sessions may have, until it takes none of them any more. */
    void fill() {
        for (double bytes = LARGEST; bytes > SMALLEST; bytes /= CLASS_FACTOR) {
            boolean taken = true;
            while (taken) {
                taken = items((int) bytes, AT_ONCE);
            }
        }
    }

    /** Opens connections until it refuses one. Returns those that it has taken. */
    List<Socket> connections() {
        List<Socket> taken = new ArrayList<>();
        try {
            while (taken.size() < MOST_CONNECTIONS) {
                Socket socket = connect();
                socket.getOutputStream().write("mn\r\n".getBytes(StandardCharsets.US_ASCII));
                if (!"MN".equals(reader(socket).readLine())) {
                    socket.close();
                    return taken;
                }
                taken.add(socket);
            }
            return taken;
        } catch (IOException e) {
            return taken; // refused by a reset
        }
    }

    static void close(List<Socket> sockets) {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException("closing", e);
            }
        }
        sockets.clear();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), memcached.port());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }
}
