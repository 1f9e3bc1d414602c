package io.sessionfilter.bench.cluster;

import io.sessionfilter.bench.app.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/** A closed loop: sends the next request when it has the answer to the last. Has sessions of its own, and uses them in turn. */
final class Client implements AutoCloseable {
    private static final long MOST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final HttpConnection connection;
    private final SplittableRandom random;
    private final List<Map<Workload, byte[]>> sessions = new ArrayList<>();

    /**
     * Begins its sessions.
     *
     * @param port of the app node
     * @param sessionCount how many
     * @param sessionBytes how large
     * @param seed of what it sends
     */
    Client(int port, int sessionCount, int sessionBytes, long seed) throws IOException {
        connection = new HttpConnection(port);
        random = new SplittableRandom(seed);
        String begin = Workload.BEGIN.path() + "?" + Workload.BYTES + "=" + sessionBytes;
        for (int i = 0; i < sessionCount; i++) {
            String cookie = connection.exchange(HttpConnection.request(begin, null));
            sessions.add(requests(Objects.requireNonNull(cookie, "a new session comes without a cookie")));
        }
    }

    private static Map<Workload, byte[]> requests(String cookie) {
        Map<Workload, byte[]> requests = new EnumMap<>(Workload.class);
        for (Workload workload : Workload.values()) {
            requests.put(workload, HttpConnection.request(workload.path(), cookie));
        }
        return requests;
    }

    /**
     * Sends requests for a while.
     *
     * @return what each took, in nanoseconds
     */
    Histogram run(Mix mix, long nanos) throws IOException {
        Histogram latencies = new Histogram(MOST_NANOS, DIGITS);
        long start = System.nanoTime();
        long sent = start;
        for (int i = 0; sent - start < nanos; i++) {
            Map<Workload, byte[]> requests = sessions.get(i % sessions.size());
            connection.exchange(Objects.requireNonNull(requests.get(mix.next(random))));
            long answered = System.nanoTime();
            latencies.recordValue(Math.min(MOST_NANOS, answered - sent));
            sent = answered;
        }
        return latencies;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
