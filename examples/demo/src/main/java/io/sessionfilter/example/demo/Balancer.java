package io.sessionfilter.example.demo;

import io.undertow.Undertow;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A sticky load balancer: a request goes to the app node whose route its session id ends with, and to another one while that one is gone.
 *
 * <p>The work is done by Undertow's {@link LoadBalancingProxyClient}. It notices an app node that refuses connections by itself, within the
 * request. One that accepts and does not answer (a frozen process) it would ask for ever: so each app node is asked for its health
 * every half second, taken out when it does not answer within a second, and put back as soon as it does.
 */
public final class Balancer implements AutoCloseable {
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(1);
    private static final int HEALTH_PERIOD_MILLIS = 500;
    private static final int LONGEST_REQUEST_MILLIS = 10_000;

    private final LoadBalancingProxyClient proxy = new LoadBalancingProxyClient();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(HEALTH_TIMEOUT).build();
    private final List<Target> targets;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Undertow server;

    private final class Target {
        private final String route;
        private final URI uri;
        private boolean in;

        private Target(String route, URI uri) {
            this.route = route;
            this.uri = uri;
        }

        private void check() throws InterruptedException {
            boolean healthy = isHealthy();
            if (healthy && !in) {
                proxy.addHost(uri, route);
            } else if (!healthy && in) {
                proxy.removeHost(uri);
            }
            if (healthy != in) {
                in = healthy;
                System.out.println(route + (healthy ? " is in" : " is out"));
            }
        }

        private boolean isHealthy() throws InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(uri.resolve("/health"))
                    .timeout(HEALTH_TIMEOUT)
                    .build();
            try {
                return http.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException e) {
                return false;
            }
        }
    }

    Balancer(int port, String cookieName, List<String> routesAndAddresses) {
        proxy.addSessionCookieName(cookieName);
        proxy.setProblemServerRetry(1);
        targets = new ArrayList<>();
        for (String target : routesAndAddresses) {
            int equals = target.indexOf('=');
            targets.add(new Target(target.substring(0, equals), URI.create("http://" + target.substring(equals + 1))));
        }
        ProxyHandler handler = ProxyHandler.builder()
                .setProxyClient(proxy)
                .setMaxConnectionRetries(
                        2 * targets.size()) // each may first be met by a connection that was kept and is dead
                .setMaxRequestTime(LONGEST_REQUEST_MILLIS)
                .build();
        server = Undertow.builder()
                .addHttpListener(port, "127.0.0.1", handler)
                .setIoThreads(2)
                .setWorkerThreads(4)
                .build();
    }

    void start() {
        server.start();
        for (Target target : targets) {
            Thread thread = new Thread(() -> checkUntilClosed(target), "health-of-" + target.route);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void checkUntilClosed(Target target) {
        try {
            do {
                target.check();
            } while (!closed.await(HEALTH_PERIOD_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop();
    }

    /** Arguments: port, session cookie's name, then {@code route=host:port} for each app node. */
    public static void main(String[] args) {
        Balancer balancer =
                new Balancer(Integer.parseInt(args[0]), args[1], List.of(args).subList(2, args.length));
        balancer.start();
    }
}
