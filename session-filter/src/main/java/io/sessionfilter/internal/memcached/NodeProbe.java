package io.sessionfilter.internal.memcached;

import io.sessionfilter.internal.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a memcached node, on a socket of its own, whether it is there. An answer is wanted: the kernel accepts
 * connections for a frozen process too. One thread may probe; {@link #abort} is for any other.
 */
final class NodeProbe {
    private static final Logger log = LoggerFactory.getLogger(NodeProbe.class);
    private static final int MAX_LINE_BYTES = 4096;
    private static final int MAX_LINES = 2000;

    private final NodeSettings settings;
    private final TimeSource time;
    private volatile @Nullable Socket socket;
    private volatile boolean aborted;

    NodeProbe(NodeSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
    }

    /**
     * Asks for a sign of life and for the process; with {@code thoroughly} also for the version and the limits.
     *
     * @throws SocketTimeoutException if it took longer than the connect timeout to connect, or then longer than the operation timeout to
     *     answer all
     * @throws UnexpectedAnswerException if something answered that is not a memcached of use
     * @throws IOException if it cannot be reached
     */
    ServerReport ask(boolean thoroughly) throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException("the host name cannot be resolved");
        }
        try (Socket fresh = new Socket()) {
            socket = fresh;
            if (aborted) {
                throw new IOException("closed");
            }
            fresh.setTcpNoDelay(true);
            fresh.connect(address, millis(settings.connectTimeout()));
            return converse(new Conversation(fresh), address, thoroughly);
        } finally {
            socket = null;
        }
    }

    /** Ends the probe under way, and all later ones. */
    void abort() {
        aborted = true;
        Socket current = socket;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                log.debug("closing a probe of memcached node {}", settings.id(), e); // it ends with its timeout
            }
        }
    }

    private static int millis(Duration timeout) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }

    private ServerReport converse(Conversation memcached, InetSocketAddress address, boolean thoroughly)
            throws IOException {
        memcached.say("mn");
        String sign = memcached.line();
        if (!sign.equals("MN")) {
            memcached.say("version");
            String version = memcached.line();
            throw new UnexpectedAnswerException(
                    ServerVersion.isAnswer(version)
                            ? ServerVersion.of(version).refusal()
                            : "it does not answer as a memcached does");
        }
        ServerVersion version = ServerVersion.UNKNOWN;
        Map<String, String> limits = Map.of();
        if (thoroughly) {
            memcached.say("version");
            version = ServerVersion.of(memcached.line());
            if (!version.supported()) {
                throw new UnexpectedAnswerException(version.refusal());
            }
            memcached.say("stats settings");
            limits = memcached.stats();
        }
        memcached.say("stats");
        long askedAt = time.nanos();
        Map<String, String> stats = memcached.stats();
        return new ServerReport(
                address,
                version,
                ItemLimit.of(limits),
                ServerProcess.of(stats, askedAt),
                ServerProcess.number(stats.get("evictions")));
    }

    /** Lines to and from a peer that may be anything, in a bounded time and of a bounded length. */
    private final class Conversation {
        private final Socket peer;
        private final InputStream input;
        private final byte[] received = new byte[MAX_LINE_BYTES];
        private int length;
        private int position;
        private final long startedAt = time.nanos();

        Conversation(Socket peer) throws IOException {
            this.peer = peer;
            this.input = peer.getInputStream();
        }

        void say(String command) throws IOException {
            peer.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        String line() throws IOException {
            StringBuilder line = new StringBuilder();
            while (true) {
                int next = read();
                if (next == '\n') {
                    return line.toString().stripTrailing();
                }
                if (next < 0 || line.length() == MAX_LINE_BYTES) {
                    throw new UnexpectedAnswerException("it does not answer as a memcached does");
                }
                line.append((char) next);
            }
        }

        Map<String, String> stats() throws IOException {
            Map<String, String> stats = new HashMap<>();
            for (int i = 0; i < MAX_LINES; i++) {
                String line = line();
                if (!line.startsWith("STAT ")) {
                    return stats; // END, or an error of a server that has no such statistics
                }
                String[] words = line.split(" ", 3);
                stats.put(words[1], words.length == 3 ? words[2] : "");
            }
            throw new UnexpectedAnswerException("it does not answer as a memcached does");
        }

        /** The next byte; negative: there is none. */
        private int read() throws IOException {
            if (position == length) {
                peer.setSoTimeout(millisLeft());
                length = Math.max(0, input.read(received));
                position = 0;
            }
            return position < length ? received[position++] & 0xFF : -1;
        }

        private int millisLeft() throws SocketTimeoutException {
            int all = millis(settings.operationTimeout());
            long left = all - TimeUnit.NANOSECONDS.toMillis(time.nanos() - startedAt);
            if (left <= 0) {
                throw new SocketTimeoutException("no answer within " + all + " ms");
            }
            return (int) left;
        }
    }
}
