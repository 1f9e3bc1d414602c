package io.sessionfilter.testkit.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Drops all packets to one TCP port of loopback, by nftables, in a table of its own. A process that holds the other end of a pipe removes it when
 * this JVM is gone, however it went. Tests are skipped where it is not allowed.
 */
final class PacketFilter implements AutoCloseable {
    /** Removes the table when its standard input ends. */
    private static final String GUARD = "trap '' INT TERM; cat >/dev/null; nft delete table inet \"$1\"";

    private final String table;
    private final int port;
    private Process guard;

    private PacketFilter(int port) {
        this.port = port;
        this.table = "session_filter_" + ProcessHandle.current().pid() + "_" + port;
    }

    /** Does nothing yet; skips the test if it never could. */
    static PacketFilter dropping(int port) {
        PacketFilter filter = new PacketFilter(port);
        Assumptions.assumeTrue(filter.nft("add table inet " + filter.table), "nft is not there, or not allowed");
        filter.nft("delete table inet " + filter.table);
        return filter;
    }

    void begin() {
        try {
            guard = new ProcessBuilder("sh", "-c", GUARD, "sh", table)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("nft", e);
        }
        boolean done = nft("add table inet " + table + "\n"
                + "add chain inet " + table + " out { type filter hook output priority 0; }\n"
                + "add rule inet " + table + " out oifname \"lo\" tcp dport " + port + " drop\n");
        if (!done) {
            throw new IllegalStateException("nft refuses to drop packets to port " + port);
        }
    }

    /** Lets packets pass again. Idempotent. */
    @Override
    public void close() {
        Process current = guard;
        guard = null;
        if (current == null) {
            return;
        }
        try {
            current.getOutputStream().close();
            if (!current.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("packets to port " + port + " are still dropped");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nft", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean nft(String commands) {
        try {
            Process nft = new ProcessBuilder(List.of("nft", "-f", "-"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream input = nft.getOutputStream()) {
                input.write(commands.getBytes(StandardCharsets.US_ASCII));
            }
            return nft.waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
