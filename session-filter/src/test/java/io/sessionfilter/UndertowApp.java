package io.sessionfilter;

import io.sessionfilter.internal.config.CookieSecure;
import io.sessionfilter.internal.config.StoreFailurePolicy;
import io.sessionfilter.internal.servlet.FakeSessions;
import io.sessionfilter.internal.servlet.ServletSettings;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A web application on Undertow, at {@code /app}, whose filter is declared as users do it: mapped to all requests, and nothing more. Its
 * sessions are {@link FakeSessions}, unless it has init-params.
 */
final class UndertowApp implements AutoCloseable {
    static final String COOKIE = "JSESSIONID";

    /** What a servlet does. */
    interface Work {
        void run(HttpServletRequest request, HttpServletResponse response) throws Exception;
    }

    /** An answer as a client sees it. */
    record Answer(int status, HttpHeaders headers, String body) {
        List<String> cookies() {
            return headers.allValues("Set-Cookie");
        }

        Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        /** The value of the only session cookie; empty, if it is the expired one (whose value some containers quote). */
        String sessionId() {
            List<String> ours = cookies().stream()
                    .filter(cookie -> cookie.startsWith(COOKIE + "="))
                    .toList();
            if (ours.size() != 1) {
                throw new AssertionError("not one session cookie: " + cookies());
            }
            return ours.get(0).substring(COOKIE.length() + 1).split(";", -1)[0].replace("\"\"", "");
        }
    }

    final FakeSessions sessions = new FakeSessions();
    private final DeploymentInfo deployment = Servlets.deployment()
            .setClassLoader(UndertowApp.class.getClassLoader())
            .setContextPath("/app")
            .setDeploymentName("app");
    private final HttpClient client = HttpClient.newHttpClient();
    private ServletSettings settings = new ServletSettings(true, CookieSecure.AUTO, null);
    private final Map<String, String> initParams = new HashMap<>();
    private boolean enabled = true;
    private boolean initializer = true;
    private @Nullable DeploymentManager manager;
    private @Nullable Undertow server;
    private int servlets;
    private Consumer<Undertow.Builder> change = builder -> {};

    UndertowApp servlet(String path, Work work) {
        deployment.addServlet(Servlets.servlet(
                        "servlet" + servlets++,
                        HttpServlet.class,
                        new ImmediateInstanceFactory<Servlet>(new Working(work)))
                .addMapping(path)
                .setAsyncSupported(true));
        return this;
    }

    UndertowApp deployment(Consumer<DeploymentInfo> change) {
        change.accept(deployment);
        return this;
    }

    UndertowApp server(Consumer<Undertow.Builder> serverChange) {
        change = serverChange;
        return this;
    }

    UndertowApp settings(ServletSettings changed) {
        settings = changed;
        return this;
    }

    UndertowApp ignoring(String pattern) {
        return settings(new ServletSettings(true, CookieSecure.AUTO, Pattern.compile(pattern)));
    }

    /** With storeFailurePolicy=reject. */
    UndertowApp rejecting() {
        return settings(new ServletSettings(true, CookieSecure.AUTO, null, List.of(), StoreFailurePolicy.REJECT, null));
    }

    UndertowApp disabled() {
        enabled = false;
        return this;
    }

    /** With a filter as the container makes it of these: its sessions are in memcached. */
    UndertowApp initParams(Map<String, String> given) {
        initParams.putAll(given);
        return this;
    }

    UndertowApp withoutInitializer() {
        initializer = false;
        return this;
    }

    UndertowApp start() throws ServletException {
        SessionFilter filter = initParams.isEmpty()
                ? new SessionFilter(
                        config -> new Wiring(enabled, "jvm1", settings, (route, listeners) -> sessions), List.of())
                : new SessionFilter();
        FilterInfo info = new FilterInfo("sessions", SessionFilter.class, new ImmediateInstanceFactory<>(filter));
        initParams.forEach(info::addInitParam);
        if (!enabled) {
            info.addInitParam("enabled", "false");
        }
        deployment.addFilter(info);
        deployment.addFilterUrlMapping("sessions", "/*", DispatcherType.REQUEST);
        if (initializer) {
            deployment.addServletContainerInitializer(
                    new ServletContainerInitializerInfo(SessionFilterInitializer.class, Set.of()));
        }
        DeploymentManager deployed = Servlets.newContainer().addDeployment(deployment);
        manager = deployed;
        deployed.deploy();
        Undertow.Builder builder = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(4)
                .setHandler(io.undertow.Handlers.path().addPrefixPath("/app", deployed.start()));
        change.accept(builder);
        server = builder.build();
        server.start();
        return this;
    }

    int port() {
        return ((InetSocketAddress)
                        Objects.requireNonNull(server).getListenerInfo().get(0).getAddress())
                .getPort();
    }

    Answer get(String path, String... cookies) throws Exception {
        return send("GET", path, cookies);
    }

    Answer send(String method, String path, String... cookies) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/app" + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (cookies.length > 0) {
            request.header("Cookie", String.join("; ", cookies));
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** Waits for what happens after the client has its answer. */
    void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen within 10 s; so far: " + sessions.events);
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() throws ServletException {
        if (server != null) {
            server.stop();
        }
        if (manager != null) {
            manager.stop();
            manager.undeploy();
            manager = null;
        }
    }

    private static final class Working extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient Work work;

        Working(Work work) {
            this.work = work;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            try {
                work.run(request, response);
            } catch (IOException | ServletException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new ServletException(e);
            }
        }
    }
}
