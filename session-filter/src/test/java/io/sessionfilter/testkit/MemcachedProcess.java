package io.sessionfilter.testkit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real memcached on 127.0.0.1, to be killed, frozen and restarted. Signals go to its process id, never by name. For
 * use by one thread.
 */
public final class MemcachedProcess implements AutoCloseable {
    private static final String PROGRAM = "memcached";
    private static final int ATTEMPTS = 5;

    private final int port;
    private List<String> arguments;
    private Map<String, String> environment = Map.of();
    private Process process;
    /** What the questions of {@link #statistics()} have added to the counters. */
    private long questionBytes;

    private long answerBytes;

    private MemcachedProcess(int port, List<String> arguments) {
        this.port = port;
        this.arguments = arguments;
        this.process = launch();
    }

    /**
     * Whether there is a memcached program in the PATH.
     *
     * @return whether {@link #start} can succeed
     */
    public static boolean isInstalled() {
        String path = System.getenv("PATH");
        if (path == null) {
            return false;
        }
        for (String directory : path.split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(directory.isEmpty() ? "." : directory, PROGRAM))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Starts one on a free port, and waits until it answers.
     *
     * @param arguments further ones for the program, such as {@code "-I", "2m"}
     * @return the running process
     */
    public static MemcachedProcess start(String... arguments) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new MemcachedProcess(FreePort.find(), List.of(arguments));
            } catch (IllegalStateException e) {
                // Somebody else took the port meanwhile.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Where it listens, or did.
     *
     * @return the TCP port on 127.0.0.1
     */
    public int port() {
        return port;
    }

    /**
     * The process id.
     *
     * @return of the latest process
     */
    public long pid() {
        return process.pid();
    }

    /** Ends it with SIGKILL: it has no chance to say good-bye. Waits until it is gone. */
    public void kill() {
        Signals.kill(process);
    }

    /** Stops it with SIGSTOP: the kernel goes on accepting connections and bytes for it, and nothing answers. */
    public void freeze() {
        Signals.freeze(process);
    }

    /** Lets it go on with SIGCONT. */
    public void thaw() {
        Signals.thaw(process);
    }

    /** Kills it if it runs, and starts it again on the same port: empty, and with cas values from 1. */
    public void restart() {
        kill();
        // On a busy machine an outgoing connection may hold the port for a moment.
        Await.until("memcached runs again on port " + port, this::relaunch);
    }

    /**
     * As {@link #restart()}, as another memcached.
     *
     * @param otherEnvironment variables beside those of this process, such as {@code FAKETIME}
     * @param otherArguments instead of those it had, such as {@code "-m", "8"}
     */
    public void restartAs(Map<String, String> otherEnvironment, String... otherArguments) {
        environment = Map.copyOf(otherEnvironment);
        arguments = List.of(otherArguments);
        restart();
    }

    /**
     * Whether it runs, and runs as it does without any arguments.
     *
     * @return whether {@code restartAs(Map.of())} would change nothing but lose its items
     */
    public boolean isPlain() {
        return process.isAlive() && arguments.isEmpty() && environment.isEmpty();
    }

    private boolean relaunch() {
        try {
            process = launch();
            return true;
        } catch (IllegalStateException e) {
            return false; // not yet
        }
    }

    /** Kills it. Idempotent. */
    @Override
    public void close() {
        kill();
    }

    private Process launch() {
        List<String> command = new ArrayList<>(
                List.of(PROGRAM, "-l", "127.0.0.1", "-p", Integer.toString(port), "-U", "0", "-t", "2"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("-u", "nobody")); // it refuses to run as root
        }
        command.addAll(arguments);
        Process started;
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(environment);
            started = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + PROGRAM, e);
        }
        Await.until(command + " answers or has ended", () -> !started.isAlive() || answers(started));
        if (!started.isAlive()) {
            throw new IllegalStateException(command + " ended at once with exit code " + started.exitValue());
        }
        questionBytes = 0;
        answerBytes = 0;
        return started;
    }

    private boolean answers(Process started) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("stats\r\n".getBytes(StandardCharsets.US_ASCII));
            String first = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return ("STAT pid " + started.pid()).equals(first); // and not somebody else's on the same port
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /**
     * Asks it for one of its counters.
     *
     * @param name as in the answer to {@code stats}
     * @return its value now
     */
    public long statistic(String name) {
        return statistic(statistics(), name);
    }

    /**
     * Asks it what others have asked it.
     *
     * @return all since it started, but for the questions of this object
     */
    public MemcachedTraffic traffic() {
        long earlierAnswers = answerBytes;
        String now = statistics();
        return new MemcachedTraffic(
                statistic(now, "cmd_get"),
                statistic(now, "cmd_touch"),
                statistic(now, "cmd_set"),
                statistic(now, "bytes_read") - questionBytes,
                statistic(now, "bytes_written") - earlierAnswers);
    }

    private String statistics() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            byte[] question = "stats\r\nquit\r\n".getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(question);
            byte[] answer = socket.getInputStream().readAllBytes();
            questionBytes += question.length;
            answerBytes += answer.length;
            return new String(answer, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("memcached at port " + port + " does not answer", e);
        }
    }

    private static long statistic(String statistics, String name) {
        String start = "STAT " + name + " ";
        return statistics
                .lines()
                .filter(line -> line.startsWith(start))
                .mapToLong(line -> Long.parseLong(line.substring(start.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("memcached counts no " + name));
    }
}
