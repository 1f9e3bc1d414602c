package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sessionfilter.UndertowApp.Answer;
import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.MemcachedProcess;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests that have their session to themselves, on one app node or two, over a real memcached. */
class LockingOnUndertowTest {
    /** Long enough that a request that need not wait is over by then. */
    private static final Duration WAIT = Duration.ofSeconds(2);

    private static final int CLIENTS = 4;
    private static final int UPDATES = 10;

    private final MemcachedProcess memcached = MemcachedProcess.start();
    private final List<UndertowApp> apps = new ArrayList<>();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    /** The asynchronous requests that go on until the test completes them. */
    private final BlockingQueue<AsyncContext> holding = new LinkedBlockingQueue<>();

    private final BlockingQueue<String> newIds = new LinkedBlockingQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger mostInside = new AtomicInteger();

    @AfterEach
    void stop() throws Exception {
        holding.forEach(AsyncContext::complete);
        clients.shutdownNow();
        for (UndertowApp app : apps) {
            app.close();
        }
        memcached.close();
    }

    private UndertowApp app(String route, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>();
        all.put("memcachedNodes", "n1:127.0.0.1:" + memcached.port());
        all.put("route", route);
        all.put("lockWaitTimeout", WAIT.toMillis() + "ms");
        all.putAll(settings);
        UndertowApp app = new UndertowApp()
                .initParams(all)
                .servlet("/begin", (request, response) -> request.getSession().setAttribute("count", 0))
                .servlet("/count", this::count)
                .servlet(
                        "/counted",
                        (request, response) -> response.getWriter()
                                .print(request.getSession(false).getAttribute("count")))
                .servlet("/timed", LockingOnUndertowTest::timed)
                .servlet("/hold", (request, response) -> {
                    request.getSession();
                    hold(request);
                })
                .servlet("/change", (request, response) -> {
                    request.getSession();
                    newIds.add(request.changeSessionId());
                    hold(request);
                })
                .servlet("/create", (request, response) -> {
                    newIds.add(request.getSession().getId());
                    hold(request);
                })
                .servlet("/forward", (request, response) -> {
                    request.getSession();
                    request.getRequestDispatcher("/timed").forward(request, response);
                })
                .start();
        apps.add(app);
        return app;
    }

    private void hold(HttpServletRequest request) {
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        holding.add(context);
    }

    private void count(HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
        int count = (Integer) session.getAttribute("count");
        for (int i = 0; i < 10_000; i++) {
            Thread.onSpinWait();
        }
        session.setAttribute("count", count + 1);
        inside.decrementAndGet();
    }

    /** Answers how many milliseconds it took to get the session. */
    private static void timed(HttpServletRequest request, HttpServletResponse response) throws Exception {
        long begin = System.nanoTime();
        HttpSession session = request.getSession(false);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        response.getWriter().print(session == null ? "none" : Long.toString(millis));
    }

    private static String begin(UndertowApp app) throws Exception {
        return cookie(app.get("/begin").sessionId());
    }

    private static String cookie(String id) {
        return UndertowApp.COOKIE + "=" + id;
    }

    /** A request that holds the session of the cookie until it is completed. */
    private AsyncContext holding(UndertowApp app, String path, String... cookies) throws Exception {
        Future<Answer> sent = clients.submit(() -> app.get(path, cookies));
        AsyncContext context = holding.poll(10, TimeUnit.SECONDS);
        assertThat(context).as("%s has begun: %s", path, sent).isNotNull();
        return context;
    }

    private static Duration waitOf(Answer answer) {
        return Duration.ofMillis(Long.parseLong(answer.body()));
    }

    private static Duration waitOf(UndertowApp app, String path, String cookie) throws Exception {
        return waitOf(app.get(path, cookie));
    }

    @ParameterizedTest(name = "sticky={0}")
    @ValueSource(booleans = {true, false})
    void requestsOnTwoAppNodesTakeTurnsAndLoseNoChange(boolean sticky) throws Exception {
        Map<String, String> settings =
                Map.of("lockingMode", "all", "sticky", Boolean.toString(sticky), "lockWaitTimeout", "1m");
        List<UndertowApp> both = List.of(app("jvm1", settings), app("jvm2", settings));
        String cookie = begin(both.get(0));

        List<Callable<@Nullable Void>> work = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            UndertowApp app = both.get(client % 2);
            work.add(() -> {
                for (int i = 0; i < UPDATES; i++) {
                    assertThat(app.get("/count", cookie).status()).isEqualTo(200);
                }
                return null;
            });
        }
        for (Future<@Nullable Void> done : clients.invokeAll(work)) {
            done.get();
        }

        assertThat(mostInside).hasValue(1);
        assertThat(both.get(0).get("/counted", cookie).body()).isEqualTo(Integer.toString(CLIENTS * UPDATES));
    }

    @Test
    void anAsynchronousRequestHasItsSessionUntilItCompletes() throws Exception {
        UndertowApp one = app("jvm1", Map.of("lockingMode", "auto"));
        UndertowApp two = app("jvm2", Map.of("lockingMode", "auto"));
        String cookie = begin(one);

        AsyncContext first = holding(one, "/hold", cookie);
        assertThat(waitOf(two, "/timed", cookie)).isGreaterThanOrEqualTo(WAIT);
        first.complete();

        assertThat(waitOf(two, "/timed", cookie)).isLessThan(WAIT);
    }

    @Test
    void autoMeansAllAndTheLogSaysSoOnce() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(StoredSessions.class);
        logger.setLevel(Level.INFO);
        logger.addAppender(logged);
        logged.start();
        try {
            UndertowApp app = app("jvm1", Map.of("lockingMode", "auto"));
            app.get("/timed", begin(app));
        } finally {
            logger.detachAppender(logged);
            logger.setLevel(null);
        }

        assertThat(logged.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.INFO);
            assertThat(event.getFormattedMessage()).startsWith("lockingMode=auto means lockingMode=all");
        });
    }

    @Test
    void aSessionHasItsLockFromWhenItIsCreated() throws Exception {
        UndertowApp app = app("jvm1", Map.of("lockingMode", "all"));

        holding(app, "/create");

        assertThat(waitOf(app, "/timed", cookie(newId()))).isGreaterThanOrEqualTo(WAIT);
    }

    @Test
    void aSessionHasItsLockUnderItsNewKeyToo() throws Exception {
        UndertowApp app = app("jvm1", Map.of("lockingMode", "all"));
        String cookie = begin(app);

        AsyncContext first = holding(app, "/change", cookie);
        String newCookie = cookie(newId());
        assertThat(waitOf(app, "/timed", newCookie)).isGreaterThanOrEqualTo(WAIT);
        first.complete();

        assertThat(waitOf(app, "/timed", newCookie)).isLessThan(WAIT);
    }

    @Test
    void aRequestDoesNotWaitForItself() throws Exception {
        UndertowApp app = app("jvm1", Map.of("lockingMode", "all"));

        assertThat(waitOf(app, "/forward", begin(app))).isLessThan(WAIT);
    }

    @Test
    void aSessionThatHasEndedWhileARequestWaitedIsNotThereForIt() throws Exception {
        UndertowApp app = app("jvm1", Map.of("lockingMode", "all", "lockWaitTimeout", "1m"));
        String cookie = begin(app);
        AsyncContext first = holding(app, "/hold", cookie);

        long before = memcached.statistic("cmd_set");
        Future<Answer> second = clients.submit(() -> app.get("/timed", cookie));
        Await.until("the second request has asked again and again", () -> memcached.statistic("cmd_set") > before + 2);
        ((HttpServletRequest) first.getRequest()).getSession().invalidate();
        first.complete();

        assertThat(second.get(30, TimeUnit.SECONDS).body()).isEqualTo("none");
    }

    @Test
    void requestsThatThePatternDoesNotMatchNeedNoLock() throws Exception {
        UndertowApp app = app("jvm1", Map.of("lockingMode", "uriPattern:/app/hold|GET /app/timed\\?locked"));
        String cookie = begin(app);

        holding(app, "/hold", cookie);

        assertThat(waitOf(app, "/timed", cookie)).as("not locked").isLessThan(WAIT);
        assertThat(waitOf(app, "/timed?locked", cookie)).as("locked").isGreaterThanOrEqualTo(WAIT);
    }

    @Test
    void withoutLocksNobodyWaits() throws Exception {
        UndertowApp app = app("jvm1", Map.of());
        String cookie = begin(app);

        holding(app, "/hold", cookie);

        assertThat(waitOf(app, "/timed", cookie)).isLessThan(WAIT);
    }

    @Test
    void withoutMemcachedRequestsGoOnWithTheirSession() throws Exception {
        UndertowApp app = app("jvm1", Map.of("lockingMode", "all"));
        String cookie = begin(app);
        memcached.kill();

        assertThat(waitOf(app, "/timed", cookie)).isLessThan(WAIT);
    }

    @Test
    void aFrozenMemcachedHoldsUpARequestForAFewOperationTimeoutsAtMost() throws Exception {
        UndertowApp app = app(
                "jvm1",
                Map.of(
                        "lockingMode",
                        "all",
                        "operationTimeout",
                        "100ms",
                        "lockWaitTimeout",
                        "10m",
                        "validateAfter",
                        "0"));
        String cookie = begin(app);
        memcached.freeze();
        try {
            assertThat(waitOf(app, "/timed", cookie)).isLessThan(WAIT);
        } finally {
            memcached.thaw();
        }
    }

    private String newId() throws InterruptedException {
        return Objects.requireNonNull(newIds.poll(10, TimeUnit.SECONDS));
    }
}
