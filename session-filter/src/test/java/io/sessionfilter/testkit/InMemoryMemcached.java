package io.sessionfilter.testkit;

import io.sessionfilter.internal.time.TimeSource;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A memcached in this JVM, on a loopback port: a {@link MemcachedModel} that speaks memcached's text protocol. It
 * stands in for the program where that is not installed, and for a peer that lies.
 *
 * <p>Can be killed, frozen and restarted as {@link MemcachedProcess} can. Serves each connection with a thread of its
 * own.
 */
public final class InMemoryMemcached implements AutoCloseable {
    private static final int MAX_LINE_BYTES = 2048;

    private final MemcachedModel model;
    private final MemcachedDialog dialog;
    private final int port;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong commands = new AtomicLong();
    private volatile Lie lie = Lie.NONE;
    private volatile CountDownLatch running = new CountDownLatch(0);
    private ServerSocket server;

    private InMemoryMemcached(MemcachedModel model, int port) throws IOException {
        this.model = model;
        this.dialog = new MemcachedDialog(model);
        this.server = listen(port);
        this.port = server.getLocalPort();
    }

    /**
     * Starts one on a free port.
     *
     * @return the running server
     */
    public static InMemoryMemcached start() {
        return start(new MemcachedModel(TimeSource.SYSTEM), 0);
    }

    /**
     * Starts one.
     *
     * @param model what it holds
     * @param port where to listen on the loopback interface; 0: any free one
     * @return the running server
     */
    public static InMemoryMemcached start(MemcachedModel model, int port) {
        try {
            InMemoryMemcached memcached = new InMemoryMemcached(model, port);
            memcached.serve();
            return memcached;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
    }

    /**
     * Runs one until the process is ended.
     *
     * @param arguments {@code --port N}
     * @throws InterruptedException if somebody interrupts it
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 2 || !arguments[0].equals("--port") || !arguments[1].matches("\\d{1,5}")) {
            System.err.println("usage: java " + InMemoryMemcached.class.getName() + " --port N");
            System.exit(2);
        }
        InMemoryMemcached memcached = start(new MemcachedModel(TimeSource.SYSTEM), Integer.parseInt(arguments[1]));
        System.out.println("in-memory memcached on 127.0.0.1:" + memcached.port());
        new CountDownLatch(1).await();
    }

    /**
     * Where it listens, or did.
     *
     * @return the TCP port
     */
    public int port() {
        return port;
    }

    /**
     * What it holds.
     *
     * @return the model behind it
     */
    public MemcachedModel model() {
        return model;
    }

    /**
     * How many commands it has read so far.
     *
     * @return those on all connections, since the start
     */
    public long commandCount() {
        return commands.get();
    }

    /**
     * From now on it answers so.
     *
     * @param newLie {@link Lie#NONE} ends it
     */
    public void lie(Lie newLie) {
        lie = newLie;
    }

    /** Closes all connections by reset, and listens no longer. */
    public synchronized void kill() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(InMemoryMemcached::reset);
        connections.clear();
        thaw();
    }

    /** Accepts connections and bytes, and answers nothing. */
    public void freeze() {
        if (running.getCount() == 0) {
            running = new CountDownLatch(1);
        }
    }

    /** Goes on, with what has arrived meanwhile first. */
    public void thaw() {
        running.countDown();
    }

    /** Becomes another process on the same port: empty, and its connections reset. */
    public synchronized void restart() {
        kill();
        model.restart();
        // On a busy machine an outgoing connection may hold the port for a moment.
        Await.until("port " + port + " is free again", this::listenAgain);
        serve();
    }

    private synchronized boolean listenAgain() {
        try {
            server = listen(port);
            return true;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** Becomes another process behind connections that stay, as behind a proxy. */
    public void restartUnnoticed() {
        model.restart();
    }

    /** Kills it. Idempotent. */
    @Override
    public void close() {
        kill();
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void serve() {
        ServerSocket listening = server;
        daemon("in-memory-memcached-" + port, () -> accept(listening));
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                connections.add(connection);
                if (listening.isClosed()) {
                    reset(connection); // killed just now, and not seen there
                }
                daemon("in-memory-memcached-" + port + "-connection", () -> converse(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void converse(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream input = new BufferedInputStream(connection.getInputStream(), 64 * 1024);
            while (true) {
                String line = readLine(input);
                byte[] data = readData(input, line);
                running.await();
                if (line.equals("quit") || connection.isClosed()) {
                    return;
                }
                commands.incrementAndGet();
                Lie.Answer answer = lie.instead(line, answer(line, data));
                connection.getOutputStream().write(answer.bytes());
                if (answer.thenCloses()) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client hung up, or kill() did.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    private byte[] answer(String line, byte[] block) {
        int length = block.length - 2;
        if (length < 0) {
            return dialog.answer(line, block);
        }
        if (block[length] != '\r' || block[length + 1] != '\n') {
            return "CLIENT_ERROR bad data chunk\r\n".getBytes(StandardCharsets.US_ASCII);
        }
        return dialog.answer(line, java.util.Arrays.copyOf(block, length));
    }

    private static String readLine(InputStream input) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0 || line.size() > MAX_LINE_BYTES) {
                throw new EOFException("no end of line");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** The data block with its end of line; empty if the command has none. */
    private byte[] readData(InputStream input, String line) throws IOException {
        int bytes = dialog.dataBytes(line);
        if (bytes < 0) {
            return new byte[0];
        }
        byte[] block = input.readNBytes(bytes + 2);
        if (block.length < bytes + 2) {
            throw new EOFException("no end of data");
        }
        return block;
    }

    private static void reset(Socket connection) {
        try {
            connection.setSoLinger(true, 0);
            connection.close();
        } catch (IOException e) {
            // It is closed, which is what was wanted.
        }
    }
}
