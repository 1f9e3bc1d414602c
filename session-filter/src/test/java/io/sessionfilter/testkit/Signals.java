package io.sessionfilter.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Signals to processes that the caller has started and not yet seen end: by their process id, never by name. */
public final class Signals {
    private static final long PATIENCE_SECONDS = 10;

    private Signals() {}

    /**
     * Ends a process with SIGKILL: it has no chance to say good-bye. Waits until it is gone.
     *
     * @param process may have ended already
     */
    public static void kill(Process process) {
        process.destroyForcibly();
        await(process);
    }

    /**
     * Stops a process with SIGSTOP: the kernel goes on accepting connections and bytes for it, and nothing answers. Waits until all of its
     * threads have stopped.
     *
     * @param process runs
     */
    public static void freeze(Process process) {
        send("STOP", process);
        // The signal is on its way when kill returns; on a busy machine some thread of the process still answers.
        Await.until("all threads of process " + process.pid() + " have stopped", () -> isStopped(process));
    }

    /**
     * Lets a process go on with SIGCONT.
     *
     * @param process if it is not stopped, or has ended, nothing happens
     */
    public static void thaw(Process process) {
        if (process.isAlive()) {
            send("CONT", process);
        }
    }

    private static boolean isStopped(Process process) throws IOException {
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
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
            return false; // a thread has just ended: look again
        }
        return true;
    }

    private static void send(String name, Process process) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            await(kill);
            if (kill.exitValue() != 0) {
                throw new IllegalStateException("cannot send SIG" + name + " to process " + process.pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send SIG" + name + " to process " + process.pid(), e);
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for process " + process.pid(), e);
        }
    }
}
