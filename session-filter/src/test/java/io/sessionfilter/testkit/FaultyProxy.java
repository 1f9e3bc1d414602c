package io.sessionfilter.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy in front of a memcached node on loopback that does to its traffic what a bad network does: delays, loses, resets, refuses; and
 * counts the commands that pass, or would. Bytes that are held are delivered later, in order, as TCP does when the network is back.
 *
 * <p>Each method takes effect before it returns. Safe for use by many threads.
 */
public final class FaultyProxy implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;
    private static final int BACKLOG = 128;

    private final int target;
    private final int port;
    private final List<Link> links = new ArrayList<>();
    private final Map<String, Long> commands = new TreeMap<>();
    private ServerSocket listener;
    private Thread acceptor;
    private long delayNanos;
    private boolean holdsRequests;
    private boolean holdsAnswers;
    private int valuesToCut;
    private long lastOperationNanos = Long.MIN_VALUE;
    private boolean closed;

    private FaultyProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        this.port = listener.getLocalPort();
        serve(listener);
    }

    /**
     * Starts one that forwards all, on a free port.
     *
     * @param port of a server on loopback; it need not run yet
     * @return the proxy
     */
    public static FaultyProxy to(int port) {
        try {
            return new FaultyProxy(port);
        } catch (IOException e) {
            throw new UncheckedIOException("no proxy for port " + port, e);
        }
    }

    /**
     * Where it listens.
     *
     * @return the TCP port on loopback, which stays the same
     */
    public int port() {
        return port;
    }

    /**
     * Each piece of an answer is this much later from now on.
     *
     * @param delay how much
     */
    public synchronized void delay(Duration delay) {
        delayNanos = delay.toNanos();
        notifyAll();
    }

    /** Accepts connections and bytes, and delivers nothing in either direction until healed. */
    public synchronized void blackHole() {
        holdsRequests = true;
        holdsAnswers = true;
    }

    /** Requests arrive, answers do not. */
    public synchronized void holdAnswers() {
        holdsAnswers = true;
    }

    /** Requests do not arrive; the answers to those that have do. */
    public synchronized void holdRequests() {
        holdsRequests = true;
    }

    /** Resets all connections (RST). New ones are welcome. */
    public synchronized void reset() {
        new ArrayList<>(links).forEach(Link::reset);
    }

    /**
     * The next answers that carry a value break off in the middle of it, with a reset of their connection.
     *
     * @param count how many
     */
    public synchronized void resetWithinValues(int count) {
        valuesToCut = count;
    }

    /** Resets all connections and refuses new ones until healed. */
    public void refuse() {
        Thread accepting;
        synchronized (this) {
            closeQuietly(listener);
            accepting = acceptor;
        }
        try {
            accepting.join(); // the kernel goes on accepting until the thread has left its call
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reset();
    }

    /** Forwards all again, at once. What was held is delivered now. */
    public synchronized void heal() {
        delayNanos = 0;
        holdsRequests = false;
        holdsAnswers = false;
        valuesToCut = 0;
        notifyAll();
        if (listener.isClosed() && !closed) {
            try {
                ServerSocket again = new ServerSocket();
                again.setReuseAddress(true);
                again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
                listener = again;
                serve(again);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot listen on port " + port + " again", e);
            }
        }
    }

    /**
     * How many commands clients have sent so far, also those that were held.
     *
     * @return the numbers by kind: {@code mg}, {@code ms}, {@code mn}, {@code stats} and so on
     */
    public synchronized Map<String, Long> commands() {
        return new TreeMap<>(commands);
    }

    /**
     * When a client has last sent a command about an item, and not only asked whether the server is well.
     *
     * @return by {@link System#nanoTime()}; {@link Long#MIN_VALUE}: none has
     */
    public synchronized long lastOperationNanos() {
        return lastOperationNanos;
    }

    /**
     * How many connections there are through it.
     *
     * @return those that neither side has closed
     */
    public synchronized int connections() {
        return links.size();
    }

    /** Resets all connections and stops listening for good. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        refuse();
    }

    private synchronized void count(String command) {
        String kind = command.split(" ", 2)[0];
        commands.merge(kind, 1L, Long::sum);
        if (kind.length() == 2 && kind.startsWith("m") && !kind.equals("mn")) {
            lastOperationNanos = System.nanoTime();
        }
    }

    private void serve(ServerSocket on) {
        acceptor = start("accepts", () -> {
            try {
                while (!on.isClosed()) {
                    open(on.accept());
                }
            } catch (IOException e) {
                closeQuietly(on); // refused from now on
            }
        });
    }

    private void open(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Link link = new Link(client, server);
            synchronized (this) {
                links.add(link);
            }
            start("requests", new Pump(link, client.getInputStream(), server.getOutputStream(), false));
            start("answers", new Pump(link, server.getInputStream(), client.getOutputStream(), true));
        } catch (IOException e) {
            resetQuietly(client); // nobody listens behind us
        }
    }

    private Thread start(String what, Runnable work) {
        Thread thread = new Thread(work, "proxy-" + port + "-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Returns when what was read now may be delivered; whether the connection is to be cut instead. */
    private synchronized boolean awaitDelivery(boolean answers, byte[] bytes) throws InterruptedException {
        long begin = System.nanoTime();
        while (!closed && (answers ? holdsAnswers : holdsRequests)) {
            wait();
        }
        while (!closed && answers && delayNanos - (System.nanoTime() - begin) > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, delayNanos - (System.nanoTime() - begin));
        }
        if (answers && valuesToCut > 0 && bytes[0] == 'V' && bytes[1] == 'A') {
            valuesToCut--;
            return true;
        }
        return false;
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing " + closeable, e);
        }
    }

    private static void resetQuietly(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // It has just been closed by the other thread: there is nothing left to reset.
        }
        closeQuietly(socket);
    }

    /** Both halves of one connection. */
    private final class Link {
        private final Socket client;
        private final Socket server;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void reset() {
            resetQuietly(client);
            close();
        }

        void close() {
            synchronized (FaultyProxy.this) {
                links.remove(this);
            }
            closeQuietly(client);
            closeQuietly(server);
        }
    }

    /** One direction of one connection. */
    private final class Pump implements Runnable {
        private final Link link;
        private final InputStream in;
        private final OutputStream out;
        private final boolean answers;
        private final StringBuilder line = new StringBuilder();
        private int dataLeft;

        Pump(Link link, InputStream in, OutputStream out, boolean answers) {
            this.link = link;
            this.in = in;
            this.out = out;
            this.answers = answers;
        }

        @Override
        public void run() {
            byte[] chunk = new byte[CHUNK];
            try {
                for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                    if (!answers) {
                        countCommands(chunk, length);
                    }
                    if (awaitDelivery(answers, chunk)) {
                        out.write(chunk, 0, length / 2);
                        link.reset();
                    } else {
                        out.write(chunk, 0, length);
                    }
                }
            } catch (IOException e) {
                // One side is gone; the other is told by the end of its connection.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                link.close();
            }
        }

        private void countCommands(byte[] chunk, int length) {
            for (int i = 0; i < length; i++) {
                if (dataLeft > 0) {
                    dataLeft--;
                } else if (chunk[i] != '\n') {
                    line.append((char) chunk[i]);
                } else {
                    String command = line.toString().stripTrailing();
                    line.setLength(0);
                    count(command);
                    if (command.startsWith("ms ")) {
                        dataLeft = Integer.parseInt(command.split(" ", -1)[2]) + 2;
                    }
                }
            }
        }
    }
}
