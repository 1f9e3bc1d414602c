package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.MemcachedProcess;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Redeploying an application in a running container, twenty times: its sessions live on, and nothing else does. */
public abstract class RedeployContract {
    /** Where the library is. */
    public enum LibraryPlace {
        /** In {@code WEB-INF/lib}: each deployment has its own. */
        APPLICATION,
        /** In the parent loader, as a server's shared library: it stays, and the applications must go. */
        PARENT
    }

    /** A running container without any application. */
    public interface RunningServer extends ContainerUnderTest.AppNode {
        /**
         * Deploys an exploded web application at {@code /app}.
         *
         * @return its class loader
         */
        ClassLoader deploy(Path webApplication, LibraryPlace library) throws Exception;

        /** Takes it away again. */
        void undeploy() throws Exception;
    }

    private static final int ROUNDS = 20;

    /** What a container and the JDK set up once, and keep. */
    private static final int ROUNDS_BEFORE = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private String cookie = "";

    /** Starts the container. */
    protected abstract RunningServer start(Path workDirectory) throws Exception;

    @ParameterizedTest
    @EnumSource
    @Assertion(76)
    void redeployedApplicationLeavesNothingBehindButItsSessions(
            LibraryPlace library, @TempDir Path directory, @TempDir Path workDirectory) throws Exception {
        try (MemcachedProcess memcached = MemcachedProcess.start()) {
            Path webApplication = explode(directory, library, memcached);
            RunningServer server = start(workDirectory);
            try {
                runRounds(ROUNDS_BEFORE, server, webApplication, library);
                awaitUnloaded();
                Set<String> threads = threadNames();
                long fileDescriptors = openFileDescriptors();

                runRounds(ROUNDS, server, webApplication, library);

                awaitUnloaded();
                Await.until(
                        "no more threads than before: " + threads, PATIENCE, () -> threads.containsAll(threadNames()));
                Await.until(
                        "no more than the " + fileDescriptors + " file descriptors of before",
                        PATIENCE,
                        () -> openFileDescriptors() <= fileDescriptors);
            } finally {
                server.stop();
            }
        }
    }

    private static Path explode(Path directory, LibraryPlace library, MemcachedProcess memcached) throws Exception {
        // On a busy machine the first connection of a deployment takes its time, and a session nobody can look up is
        // none.
        String filter = FilterDeclaration.of(Map.of(
                "memcachedNodes",
                "n1:127.0.0.1:" + memcached.port(),
                "operationTimeout",
                PATIENCE.toSeconds() + "s",
                "connectTimeout",
                PATIENCE.toSeconds() + "s"));
        new WebArchive(filter, SessionConfigs.NONE, false).explodeTo(directory);
        if (library == LibraryPlace.PARENT) {
            Deployment.delete(directory.resolve("WEB-INF/lib"));
        }
        return directory;
    }

    /** Each round's application finds what those before it have put into the session, as objects of its own classes. */
    private void runRounds(int rounds, RunningServer server, Path webApplication, LibraryPlace library)
            throws Exception {
        for (int i = 0; i < rounds; i++) {
            int round = loaders.size();
            loaders.add(new WeakReference<>(server.deploy(webApplication, library)));
            if (round == 0) {
                assertThat(run(server, "create", "set-list rounds")).contains("set-list rounds -> done");
            } else {
                assertThat(run(server, "own value")).contains("own value -> " + (round - 1));
            }
            assertThat(run(server, "set-own value " + round, "add-to-list rounds " + round))
                    .contains("set-own value " + round + " -> done", round + "]");
            server.undeploy();
            Await.until(
                    "no thread of the library is left after round " + round + ", but: " + libraryThreads(),
                    PATIENCE,
                    () -> libraryThreads().isEmpty());
        }
    }

    private String run(RunningServer server, String... steps) throws Exception {
        URL url = server.baseUri().resolve("/app" + Browser.script(steps)).toURL();
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        // Jetty keeps with each connection what it needs for the next request to the same application.
        connection.setRequestProperty("Connection", "close");
        connection.setReadTimeout((int) PATIENCE.toMillis());
        if (!cookie.isEmpty()) {
            connection.setRequestProperty("Cookie", cookie);
        }
        try (InputStream body = connection.getInputStream()) {
            String newCookie = connection.getHeaderField("Set-Cookie");
            if (newCookie != null) {
                cookie = newCookie.substring(0, newCookie.indexOf(';'));
            }
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void awaitUnloaded() {
        Await.until("the class loaders of all " + loaders.size() + " deployments are collected", PATIENCE, () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
        });
    }

    /** Ours, and those of xmemcached whatever they are called by default: at no time but while an application is deployed. */
    private static List<String> libraryThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(RedeployContract::isOfLibrary)
                .map(Thread::getName)
                .toList();
    }

    private static boolean isOfLibrary(Thread thread) {
        String name = thread.getName().toLowerCase(Locale.ROOT);
        return name.startsWith("session-filter")
                || name.contains("memcached")
                || name.startsWith("heal-session")
                || thread.getClass().getName().startsWith("com.google.code.yanf4j.");
    }

    /** With any number in it replaced: a container's pools may have grown. */
    private static Set<String> threadNames() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName().replaceAll("[0-9]+", "#"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long openFileDescriptors() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }
}
