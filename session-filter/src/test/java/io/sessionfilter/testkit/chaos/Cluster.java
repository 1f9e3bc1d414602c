package io.sessionfilter.testkit.chaos;

import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.FaultyProxy;
import io.sessionfilter.testkit.MemcachedProcess;
import io.sessionfilter.testkit.contract.AppNodeProcess;
import io.sessionfilter.testkit.contract.ContainerUnderTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Three memcached nodes, {@code n1} to {@code n3}, each behind a proxy; and two app nodes, {@code jvm1} and {@code jvm2}, with applications that
 * differ in the memcached nodes they use and in their settings. Both kinds are numbered from 1.
 */
final class Cluster implements AutoCloseable {
    /** Not sticky, on {@code n1} and {@code n2}. */
    static final String TWO = "/two";
    /** Not sticky, on all three. */
    static final String THREE = "/three";
    /** Sticky, on {@code n1} and {@code n2}. */
    static final String STICKY = "/sticky";
    /** As {@link #STICKY}, with {@code sessionBackupAsync=true}. */
    static final String ASYNC = "/async";
    /** Shares its storage keys with {@link #AFTER}, on all three. */
    static final String BEFORE = "/before";
    /** Shares its storage keys with {@link #BEFORE}, without {@code n3}. */
    static final String AFTER = "/after";
    /** As {@link #TWO}, by proxies of its own, with a small bulkhead and a long operation timeout. */
    static final String GUARDED = "/guarded";

    static final Duration VALIDATE_AFTER = Duration.ofSeconds(1);
    static final Duration OPERATION_TIMEOUT = Duration.ofMillis(500);
    /** So that no timeout is only due to a loaded machine. */
    static final Duration LONG_OPERATION_TIMEOUT = Duration.ofSeconds(4);

    static final int BREAKER_THRESHOLD = 3;
    static final int BULKHEAD = 8;

    private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final int MEMCACHED_NODES = 3;
    private static final int APP_NODES = 2;
    private static final int APPLICATIONS_ON_N1 = 6;
    private static final int APPLICATIONS_ON_N3 = 2;

    private final List<MemcachedProcess> memcached = new ArrayList<>();
    private final List<FaultyProxy> proxies = new ArrayList<>();
    private final List<FaultyProxy> guardedProxies = new ArrayList<>();
    private final List<AppNodeProcess> appNodes = new ArrayList<>();
    private final boolean[] serving = new boolean[APP_NODES];

    private Cluster() {}

    /** Starts all, and waits until it works together. */
    static Cluster start(Class<? extends ContainerUnderTest> container, Path directory) throws IOException {
        Cluster cluster = new Cluster();
        try {
            cluster.launch(container, directory);
            return cluster;
        } catch (IOException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void launch(Class<? extends ContainerUnderTest> container, Path directory) throws IOException {
        for (int i = 0; i < MEMCACHED_NODES; i++) {
            memcached.add(MemcachedProcess.start());
            proxies.add(FaultyProxy.to(memcached.get(i).port()));
            guardedProxies.add(FaultyProxy.to(memcached.get(i).port()));
        }
        for (int i = 1; i <= APP_NODES; i++) {
            String route = "jvm" + i;
            appNodes.add(AppNodeProcess.prepare(
                    container, route, applications(), Files.createDirectories(directory.resolve(route))));
            appNodes.get(i - 1).start();
        }
        for (int i = 1; i <= APP_NODES; i++) {
            appNode(i).awaitReady();
            serves(i, true);
        }
    }

    private Map<String, Map<String, String>> applications() {
        Map<String, Map<String, String>> applications = new HashMap<>();
        applications.put(TWO, settings(nodes(proxies, 2), "sticky", "false"));
        applications.put(THREE, settings(nodes(proxies, 3), "sticky", "false"));
        applications.put(STICKY, settings(nodes(proxies, 2), "validateAfter", VALIDATE_AFTER.toMillis() + "ms"));
        applications.put(ASYNC, settings(nodes(proxies, 2), "sessionBackupAsync", "true"));
        applications.put(BEFORE, settings(nodes(proxies, 3), "sticky", "false", "storageKeyPrefix", "static:moving"));
        applications.put(AFTER, settings(nodes(proxies, 2), "sticky", "false", "storageKeyPrefix", "static:moving"));
        Map<String, String> guarded =
                settings(nodes(guardedProxies, 2), "sticky", "false", "maxConcurrentOperations", "" + BULKHEAD);
        guarded.put("operationTimeout", LONG_OPERATION_TIMEOUT.toMillis() + "ms");
        applications.put(GUARDED, guarded);
        return applications;
    }

    private static Map<String, String> settings(String memcachedNodes, String... others) {
        Map<String, String> settings = new HashMap<>();
        settings.put("memcachedNodes", memcachedNodes);
        settings.put("operationTimeout", OPERATION_TIMEOUT.toMillis() + "ms");
        settings.put("probeInterval", PROBE_INTERVAL.toMillis() + "ms");
        settings.put("resyncPerSecond", "100000");
        settings.put("breakerThreshold", "" + BREAKER_THRESHOLD);
        for (int i = 0; i < others.length; i += 2) {
            settings.put(others[i], others[i + 1]);
        }
        return settings;
    }

    private static String nodes(List<FaultyProxy> proxies, int count) {
        return String.join(
                ",",
                IntStream.range(0, count)
                        .mapToObj(i ->
                                "n" + (i + 1) + ":127.0.0.1:" + proxies.get(i).port())
                        .toList());
    }

    static int memcachedNodesOf(String path) {
        return path.equals(THREE) || path.equals(BEFORE) ? 3 : 2;
    }

    MemcachedProcess memcached(int number) {
        return memcached.get(number - 1);
    }

    FaultyProxy proxy(int number) {
        return proxies.get(number - 1);
    }

    FaultyProxy guardedProxy(int number) {
        return guardedProxies.get(number - 1);
    }

    AppNodeProcess appNode(int number) {
        return appNodes.get(number - 1);
    }

    /** The numbers of those that serve. */
    synchronized List<Integer> appNodes() {
        return IntStream.rangeClosed(1, APP_NODES).filter(this::serves).boxed().toList();
    }

    synchronized boolean serves(int appNode) {
        return serving[appNode - 1];
    }

    /** What a balancer knows: whether to send requests there. */
    synchronized void serves(int appNode, boolean now) {
        serving[appNode - 1] = now;
    }

    int anyAppNode(SplittableRandom random) {
        List<Integer> serve = appNodes();
        return serve.get(random.nextInt(serve.size()));
    }

    /** SIGKILL; connections are refused from then on. */
    void killMemcached(int number) {
        memcached(number).kill();
        proxy(number).refuse();
        guardedProxy(number).refuse();
    }

    /** Starts it again, empty. */
    void restartMemcached(int number) {
        memcached(number).restart();
        proxy(number).heal();
        guardedProxy(number).heal();
    }

    void restartAppNode(int number) {
        try {
            appNode(number).start();
            appNode(number).awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException("app node " + number, e);
        }
        serves(number, true);
    }

    private void awaitConnections() {
        awaitConnections(proxy(1), APPLICATIONS_ON_N1);
        awaitConnections(proxy(2), APPLICATIONS_ON_N1);
        awaitConnections(proxy(3), APPLICATIONS_ON_N3);
        awaitConnections(guardedProxy(1), 1);
        awaitConnections(guardedProxy(2), 1);
    }

    private void awaitConnections(FaultyProxy proxy, int applications) {
        int expected = appNodes().size() * applications;
        Await.until("all are connected by port " + proxy.port(), RECOVERY, () -> proxy.connections() >= expected);
    }

    /** Waits until each app node that serves is connected to all memcached nodes, and owes them nothing. */
    void awaitWell(String... paths) {
        awaitConnections();
        for (String path : paths) {
            for (int appNode : appNodes()) {
                URI base = appNode(appNode).baseUri();
                for (int node = 1; node <= memcachedNodesOf(path); node++) {
                    String named = "-n" + node + ".";
                    Await.until(
                            "jvm" + appNode + path + " starts sessions on n" + node,
                            RECOVERY,
                            () -> Reply.to(base, path, null, List.of("begin"))
                                    .newCookie()
                                    .orElse("")
                                    .contains(named));
                }
                for (String metric : List.of("debts", "unsavedSessions", "resyncWaiting")) {
                    Await.until(
                            "jvm" + appNode + path + " has no " + metric,
                            RECOVERY,
                            () -> Reply.to(base, path, null, List.of("metric " + metric))
                                    .result("metric " + metric)
                                    .equals("0"));
                }
            }
        }
    }

    long metric(int appNode, String path, String name) {
        try {
            return Long.parseLong(Reply.to(appNode(appNode).baseUri(), path, null, List.of("metric " + name))
                    .result("metric " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " of " + path, e);
        }
    }

    /** Asks a memcached process, past the proxies. Returns the first line of the answer. */
    String ask(int number, String command) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), memcached(number).port())) {
            socket.setSoTimeout((int) RECOVERY.toMillis());
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(command + " at n" + number, e);
        }
    }

    /** Ends what a test may have left: heals the network, and has every process run. */
    void heal() {
        proxies.forEach(FaultyProxy::heal);
        guardedProxies.forEach(FaultyProxy::heal);
        for (int i = 1; i <= MEMCACHED_NODES; i++) {
            memcached(i).thaw();
            if (!memcached(i).isPlain()) {
                memcached(i).restartAs(Map.of());
            }
        }
        for (int i = 1; i <= APP_NODES; i++) {
            appNode(i).thaw();
            if (!appNode(i).isAlive()) {
                restartAppNode(i);
            }
            serves(i, true);
        }
    }

    @Override
    public void close() {
        appNodes.forEach(AppNodeProcess::close);
        proxies.forEach(FaultyProxy::close);
        guardedProxies.forEach(FaultyProxy::close);
        memcached.forEach(MemcachedProcess::close);
    }
}
