package io.sessionfilter.bench.cluster;

import io.sessionfilter.bench.app.AppNodeMain;
import io.sessionfilter.bench.measure.ProcessCpu;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** An app node in a process of its own. Its log is the file {@code log} in its directory. */
final class AppNode implements AutoCloseable {
    /** HotSpot has C1 and C2; Linux cuts names of threads. */
    private static final Pattern COMPILER = Pattern.compile("C[12] Compiler.*");

    private final Process process;
    private final BufferedReader output;
    private final Path log;
    private int port;

    private AppNode(Process process, Path log) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.log = log;
    }

    /**
     * Starts the process; {@link #awaitReady()} tells when it serves.
     *
     * @param container whose server it is
     * @param settings of the filter; none: sessions are the container's own
     * @param directory for its files; is made
     */
    static AppNode start(Container container, Map<String, String> settings, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-cp",
                container.classPath(),
                AppNodeMain.class.getName(),
                container.argument(),
                directory.toString()));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        return new AppNode(
                new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
    }

    void awaitReady() throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith(AppNodeMain.READY)) {
            line = output.readLine(); // of the server's own log
        }
        if (line == null) {
            throw new IOException("an app node did not start:\n" + Files.readString(log));
        }
        port = Integer.parseInt(line.substring(AppNodeMain.READY.length()));
    }

    int port() {
        return port;
    }

    long cpuNanos() throws IOException {
        return ProcessCpu.nanos(process.pid());
    }

    /** Of these, what its compiler has spent. */
    long compilerNanos() throws IOException {
        return ProcessCpu.nanosOfThreads(process.pid(), COMPILER);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
