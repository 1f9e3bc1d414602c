package io.sessionfilter.example.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One process of the demonstration: started, asked whether it is ready, killed, frozen, thawed, started again. It keeps its name, its
 * command and so its port through all of that.
 *
 * <p>Signals go to a process that this launcher started and has not yet seen end, so its pid cannot be somebody else's. Safe for use by
 * many threads.
 */
final class Member {
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 50;
    private static final int LOG_TAIL_LINES = 25;

    /** SIGINT of a terminal goes to all its processes; ours end in order, when the launcher says so. */
    private static final List<String> IGNORING_CTRL_C = List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh");

    /** What a member is, unchanging. */
    record Spec(
            String name,
            String what,
            String address,
            List<String> command,
            Map<String, String> environment,
            Probe ready) {}

    private final Spec spec;
    private final Path log;
    private final Guard.Link guard;
    private @Nullable Process process;
    private boolean frozen;

    Member(Spec spec, Path log, Guard.Link guard) {
        this.spec = spec;
        this.log = log;
        this.guard = guard;
    }

    String name() {
        return spec.name();
    }

    String what() {
        return spec.what();
    }

    String address() {
        return spec.address();
    }

    Path log() {
        return log;
    }

    /** Starts the process; {@link #awaitReady} tells when it serves. */
    synchronized void start() throws IOException {
        if (isAlive()) {
            throw new IllegalStateException(name() + " is running already");
        }
        List<String> command = new ArrayList<>(IGNORING_CTRL_C);
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(spec.environment());
        Process started = builder.start();
        guard.watch(started.toHandle());
        process = started;
        frozen = false;
    }

    /** Waits until the process serves; fails with the end of its log if it has ended instead, or takes too long. */
    void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
        while (!spec.ready().isReady()) {
            if (!isAlive()) {
                throw new IOException(name() + " ended while starting:\n" + logTail());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        name() + " is not ready after " + READY_TIMEOUT.toSeconds() + " s:\n" + logTail());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Ends the process as a power cut would (SIGKILL), and waits until it is gone. */
    synchronized void kill() throws IOException, InterruptedException {
        Process current = running();
        current.destroyForcibly();
        if (!current.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException(name() + " does not end");
        }
    }

    /**
     * Stops the process from running, without ending it (SIGSTOP): its peers see a host that says nothing any more. Waits until all of its
     * threads have stopped: on a busy machine some of them still answer when the signal has been sent.
     */
    synchronized void freeze() throws IOException, InterruptedException {
        signal("STOP");
        frozen = true;
        long deadline = System.nanoTime() + END_TIMEOUT.toNanos();
        while (!isStopped(running().pid())) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(name() + " does not stop");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static boolean isStopped(long pid) throws IOException {
        Path threads = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(threads)) {
            return true; // no way to tell on this system
        }
        try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
            for (Path thread : each) {
                String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
                // The state follows the program's name, which stands in parentheses and may hold anything.
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
        } catch (NoSuchFileException e) {
            return false; // a thread was about to end
        }
        return true;
    }

    synchronized void thaw() throws IOException, InterruptedException {
        signal("CONT");
        frozen = false;
    }

    /** Starts the process again, having killed it if it still runs, and waits until it serves. */
    void restart() throws IOException, InterruptedException {
        synchronized (this) {
            if (isAlive()) {
                kill();
            }
            start();
        }
        awaitReady();
    }

    /** Ends the process, in good order if it can be had soon. Returns whether it is gone. */
    synchronized boolean stop() throws InterruptedException {
        Process current = process;
        if (current == null || !current.isAlive()) {
            return true;
        }
        if (!frozen) {
            current.destroy();
            if (current.waitFor(3, TimeUnit.SECONDS)) {
                return true;
            }
        }
        current.destroyForcibly();
        return current.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    synchronized String status() {
        Process current = process;
        if (current == null) {
            return "not started";
        }
        if (!current.isAlive()) {
            return "ended, exit status " + current.exitValue();
        }
        return (frozen ? "frozen" : "running") + ", pid " + current.pid();
    }

    String logTail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    private Process running() throws IOException {
        Process current = process;
        if (current == null || !current.isAlive()) {
            throw new IOException(name() + " is not running");
        }
        return current;
    }

    private void signal(String signal) throws IOException, InterruptedException {
        // The shell's own kill: a machine may lack the program.
        String pid = Long.toString(running().pid());
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " \"$1\"", "sh", pid)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("could not send SIG" + signal + " to " + name());
        }
    }
}
