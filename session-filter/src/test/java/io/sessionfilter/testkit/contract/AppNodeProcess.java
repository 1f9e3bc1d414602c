package io.sessionfilter.testkit.contract;

import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An app node with the contract's application in a JVM of its own, so that it can be killed and frozen. Starting and waiting are two calls, so
 * that several can start at once. Its log is the file {@code <route>.log} in its directory. For use by one thread at a time.
 */
public final class AppNodeProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private final Class<? extends ContainerUnderTest> container;
    private final String route;
    private final Path directory;
    private @Nullable Process process;
    private volatile @Nullable URI baseUri;

    private AppNodeProcess(Class<? extends ContainerUnderTest> container, String route, Path directory) {
        this.container = container;
        this.route = route;
        this.directory = directory;
    }

    /**
     * Unpacks the applications of an app node.
     *
     * @param container has a constructor without parameters
     * @param route of the app node
     * @param settings of the filter, by context path
     * @param directory for all its files; is made
     * @return not started yet
     */
    public static AppNodeProcess prepare(
            Class<? extends ContainerUnderTest> container,
            String route,
            Map<String, Map<String, String>> settings,
            Path directory)
            throws IOException {
        for (Map.Entry<String, Map<String, String>> application : settings.entrySet()) {
            String path = application.getKey();
            Path target = directory
                    .resolve(AppNodeMain.APPLICATIONS)
                    .resolve(path.isEmpty() ? AppNodeMain.ROOT : path.substring(1));
            new WebArchive(FilterDeclaration.of(application.getValue()), SessionConfigs.NONE, true)
                    .explodeTo(Files.createDirectories(target));
        }
        return new AppNodeProcess(container, route, directory);
    }

    /** Starts the process; {@link #awaitReady()} tells when it serves. */
    public void start() throws IOException {
        Files.deleteIfExists(directory.resolve(AppNodeMain.ADDRESS));
        baseUri = null;
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=io/sessionfilter/testkit/contract/logback-console.xml",
                        "-cp",
                        CLASS_PATH,
                        AppNodeMain.class.getName(),
                        container.getName(),
                        route,
                        directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve(route + ".log").toFile()))
                .start();
    }

    /** Waits until it serves. */
    public void awaitReady() throws IOException {
        Path address = directory.resolve(AppNodeMain.ADDRESS);
        Process started = process();
        Await.until(route + " has started", PATIENCE, () -> Files.exists(address) || !started.isAlive());
        if (!Files.exists(address)) {
            throw new IllegalStateException(
                    route + " did not start:\n" + Files.readString(directory.resolve(route + ".log")));
        }
        baseUri = URI.create(Files.readString(address));
    }

    private Process process() {
        return Objects.requireNonNull(process, "not started");
    }

    /** The name of the app node. */
    public String route() {
        return route;
    }

    /** Scheme, host and port; another port after each start. */
    public URI baseUri() {
        return Objects.requireNonNull(baseUri, "not ready");
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        return process().isAlive();
    }

    /** Ends it with SIGKILL, and waits until it is gone. */
    public void kill() {
        Signals.kill(process());
    }

    /** Stops it with SIGSTOP. */
    public void freeze() {
        Signals.freeze(process());
    }

    /** Lets it go on with SIGCONT. */
    public void thaw() {
        Signals.thaw(process());
    }

    /** What it has logged so far. */
    public String log() {
        try {
            return Files.readString(directory.resolve(route + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException("the log of " + route, e);
        }
    }

    /** Kills it if it runs. Idempotent. */
    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
