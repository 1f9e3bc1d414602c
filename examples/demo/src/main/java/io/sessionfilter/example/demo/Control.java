package io.sessionfilter.example.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How a second terminal speaks to the running launcher: a file with one request, a file with its answer, in a directory that both know.
 * The launcher does the work, because only it can tell that a pid is still the process it started.
 */
final class Control {
    private static final String REQUEST = ".request";
    private static final String ANSWER = ".answer";
    private static final int POLL_MILLIS = 50;

    private final Path directory;

    Control(Path directory) {
        this.directory = directory;
    }

    /** Answers what has been asked so far, each request once; a request that fails is answered with its message. */
    void answerPending(UnaryOperator<String> handler) throws IOException {
        List<Path> requests;
        try (Stream<Path> files = Files.list(directory)) {
            requests = files.filter(file -> file.toString().endsWith(REQUEST)).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path request : requests) {
            String asked = Files.readString(request);
            Files.delete(request);
            String id = request.getFileName().toString().replace(REQUEST, "");
            write(directory.resolve(id + ANSWER), handler.apply(asked));
        }
    }

    /** Asks, and waits for the answer. */
    String ask(String request, Duration timeout, ProcessHandle launcher) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        String id = UUID.randomUUID().toString();
        Path answer = directory.resolve(id + ANSWER);
        write(directory.resolve(id + REQUEST), request);
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!Files.exists(answer)) {
            if (!launcher.isAlive()) {
                throw new IOException("the demonstration has ended");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the demonstration does not answer");
            }
            Thread.sleep(POLL_MILLIS);
        }
        String text = Files.readString(answer);
        Files.delete(answer);
        return text;
    }

    private static void write(Path file, String text) throws IOException {
        Path unfinished = Files.writeString(Path.of(file + ".tmp"), text);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns the launcher that a pid file names, if it is still that process. */
    static Optional<ProcessHandle> findLauncher(Path pidFile) throws IOException {
        try {
            String[] pidAndStart = Files.readString(pidFile).strip().split(" ", 2);
            long start = Long.parseLong(pidAndStart[1]);
            return ProcessHandle.of(Long.parseLong(pidAndStart[0]))
                    .filter(process -> Guard.startMillis(process).equals(Optional.of(start)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    static void writeLauncher(Path pidFile) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        write(pidFile, self.pid() + " " + Guard.startMillis(self).orElse(0L) + "\n");
    }
}
