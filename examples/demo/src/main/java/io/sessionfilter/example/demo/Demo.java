package io.sessionfilter.example.demo;

import io.sessionfilter.example.demo.check.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** What {@code run.sh} starts, from the repository's root: the demonstration, its unattended check, or a word to the running one. */
public final class Demo {
    private static final String USAGE = """
            ./run.sh [--port N] [--codec X]     start the demonstration; Ctrl-C stops it
            ./run.sh --check [--codec X]        start it, drive it as a browser would, stop it; exit status 0 if all is as it should be
                                                X: java, kryo, fst, fory (how session attributes become bytes)
            ./run.sh node [NAME] status         what runs
            ./run.sh node NAME kill             end a node as a power cut would (SIGKILL)
            ./run.sh node NAME freeze|thaw      stop a node from running, let it go on (SIGSTOP, SIGCONT)
            ./run.sh node NAME restart          start it again
                                                NAME: n1, n2 (memcached), jvm1, jvm2 (app nodes), db, balancer
            """;

    private static final Path RUN = Path.of(".run");
    private static final Path PID_FILE = RUN.resolve("demo.pid");
    private static final Path CONTROL = RUN.resolve("control");
    private static final int CONTROL_POLL_MILLIS = 100;
    private static final Duration CONTROL_TIMEOUT = Duration.ofSeconds(100);

    private Demo() {}

    /** See {@link #USAGE}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(args));
        String codec = takeCodec(words);
        if (words.isEmpty()) {
            run(8080, codec);
        } else if (words.size() == 2 && words.get(0).equals("--port")) {
            run(port(words.get(1)), codec);
        } else if (words.equals(List.of("--check"))) {
            System.exit(check(codec) ? 0 : 1);
        } else if (words.size() >= 2 && words.size() <= 3 && words.get(0).equals("node")) {
            System.exit(tell(String.join(" ", words.subList(1, words.size()))));
        } else {
            System.err.print(USAGE);
            System.exit(2);
        }
    }

    private static String takeCodec(List<String> words) {
        int at = words.indexOf("--codec");
        if (at < 0 || at + 1 == words.size()) {
            return Codec.JAVA;
        }
        words.remove(at);
        return words.remove(at);
    }

    private static Cluster cluster(String codec, Path state, int wantedPort) throws IOException {
        Layout layout = Layout.of(Path.of(""));
        try {
            return new Cluster(layout, layout.codec(codec), state, wantedPort);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            throw new AssertionError("unreachable", e);
        }
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, with the others.
        }
        System.err.println("--port must be a number from 1 to 65535, but was " + text);
        System.exit(2);
        throw new AssertionError("unreachable");
    }

    private static void run(int wantedPort, String codec) throws IOException, InterruptedException {
        Optional<ProcessHandle> other = Control.findLauncher(PID_FILE);
        if (other.isPresent()) {
            System.err.println("The demonstration is running already, with pid "
                    + other.get().pid() + ". Stop it first, with Ctrl-C in its terminal.");
            System.exit(1);
        }
        delete(RUN.resolve("logs"), RUN.resolve("work"), RUN.resolve("db"), CONTROL);
        Files.createDirectories(CONTROL);
        Control.writeLauncher(PID_FILE);
        Cluster cluster = cluster(codec, RUN.toAbsolutePath(), wantedPort);
        CountDownLatch ended = endWithTheLauncher(cluster);
        try {
            System.out.println("Starting: two memcached nodes (" + cluster.memcachedKind()
                    + "), H2, Tomcat, Jetty, a balancer ...");
            cluster.start();
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        announce(cluster);
        Control control = new Control(CONTROL);
        while (ended.getCount() > 0) {
            control.answerPending(request -> new Orders(cluster).obey(request));
            Thread.sleep(CONTROL_POLL_MILLIS);
        }
    }

    private static CountDownLatch endWithTheLauncher(Cluster cluster) {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ended.countDown();
            cluster.close();
            try {
                Files.deleteIfExists(PID_FILE);
            } catch (IOException e) {
                System.err.println("could not delete " + PID_FILE + ": " + e);
            }
        }));
        return ended;
    }

    private static void announce(Cluster cluster) {
        System.out.println();
        System.out.println("The message board is at  " + cluster.address() + "   (its log-in page names the accounts)");
        System.out.println();
        System.out.print(new Orders(cluster).list());
        System.out.println();
        System.out.println("In another terminal:  ./run.sh node jvm1 kill | freeze | thaw | restart | status");
        System.out.println("Logs: " + RUN.resolve("logs") + "   Ctrl-C stops everything.");
    }

    private static boolean check(String codec) throws IOException {
        Files.createDirectories(RUN);
        Path state = Files.createTempDirectory(RUN.toAbsolutePath(), "check-");
        Cluster cluster = cluster(codec, state, 0);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        boolean good = new Check(new Site(cluster)).run();
        if (good) {
            delete(state);
        } else {
            System.out.println("logs are in " + state.resolve("logs"));
        }
        return good;
    }

    private static int tell(String request) throws IOException, InterruptedException {
        Optional<ProcessHandle> launcher = Control.findLauncher(PID_FILE);
        if (launcher.isEmpty()) {
            System.err.println("The demonstration is not running: start it with ./run.sh");
            return 1;
        }
        String answer = new Control(CONTROL).ask(request, CONTROL_TIMEOUT, launcher.get());
        boolean failed = answer.startsWith(Orders.ERROR);
        (failed ? System.err : System.out).print(failed ? answer.substring(Orders.ERROR.length()) : answer);
        return failed ? 1 : 0;
    }

    private static void delete(Path... trees) throws IOException {
        for (Path tree : trees) {
            if (!Files.exists(tree)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(tree)) {
                files.sorted(Comparator.reverseOrder()).forEach(Demo::deleteOne);
            }
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
