package io.sessionfilter.example.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last resort: a process that ends the others when the launcher is gone without having done so (killed). Those that are Java notice
 * by themselves, by their {@link Tether}, unless they are frozen; memcached never does.
 *
 * <p>The launcher writes pid and start time of each process it starts to the guard's standard input; when that ends, each pid that is
 * still the process it was is killed.
 */
public final class Guard {
    private Guard() {}

    /** No arguments. */
    public static void main(String[] args) throws IOException {
        Map<Long, Long> watched = new HashMap<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] pidAndStart = line.split(" ", 2);
            watched.put(Long.valueOf(pidAndStart[0]), Long.valueOf(pidAndStart[1]));
        }
        watched.forEach(Guard::end);
    }

    private static void end(long pid, long start) {
        ProcessHandle.of(pid)
                .filter(process -> startMillis(process).equals(Optional.of(start)))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Returns when a process was started, which tells it from a later one with the same pid. */
    static Optional<Long> startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli);
    }

    /** The launcher's end. */
    static final class Link implements AutoCloseable {
        private final Process guard;
        private final OutputStream toGuard;

        Link(ProcessBuilder builder) throws IOException {
            guard = builder.start();
            toGuard = guard.getOutputStream();
        }

        /** A process that has ended already needs no guard; the system knows no start time of it any more. */
        synchronized void watch(ProcessHandle process) throws IOException {
            Optional<Long> start = startMillis(process);
            if (start.isPresent()) {
                toGuard.write((process.pid() + " " + start.get() + "\n").getBytes(StandardCharsets.US_ASCII));
                toGuard.flush();
            } else if (process.isAlive()) {
                throw new IOException("the start time of process " + process.pid() + " is unknown");
            }
        }

        long pid() {
            return guard.pid();
        }

        /** Lets the guard end, and with it whatever still runs of what it watches. */
        @Override
        public void close() {
            try {
                toGuard.close();
                guard.waitFor();
            } catch (IOException e) {
                // It is gone already.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
