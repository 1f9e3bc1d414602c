package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.FaultyProxy;
import io.sessionfilter.testkit.MemcachedProcess;
import io.sessionfilter.testkit.MemcachedTraffic;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a request costs the memcached nodes, counted by themselves, while none is down: commands and bytes, of a session of twenty attributes of
 * a thousand bytes.
 */
class OperationBudgetTest {
    /** How sessions are kept on two memcached nodes. */
    enum Setup {
        STICKY_WITH_ONE_COPY(true, 1),
        STICKY_WITH_TWO_COPIES(true, 2),
        NON_STICKY_WITH_ONE_COPY(false, 1),
        NON_STICKY_WITH_TWO_COPIES(false, 2);

        final boolean sticky;
        final int copies;

        Setup(boolean sticky, int copies) {
            this.sticky = sticky;
            this.copies = copies;
        }

        /** How many commands a read needs of each copy while the near-cache may be trusted. */
        int commandsToRead() {
            return sticky ? 0 : 1;
        }
    }

    private static final int REQUESTS = 20;
    private static final int ATTRIBUTES = 20;
    private static final int ATTRIBUTE_BYTES = 1000;

    /** Of the record: header, names, lengths. */
    private static final int MOST_OVERHEAD = 1500;

    /** Of a command or an answer without a value: the key has 29 bytes. */
    private static final int SMALL = 90;

    private static final String MUTABLE = "list";

    /** So long that a sticky session is not validated within a test. */
    private static final Map<String, String> LONG_TRUST = Map.of("validateAfter", "1h");

    private static List<MemcachedProcess> memcached;

    private final List<FaultyProxy> proxies = new ArrayList<>();
    private final UndertowApp app = new UndertowApp();
    private String cookie = "";
    private List<MemcachedTraffic> before = List.of();

    @BeforeAll
    static void startMemcached() {
        // One worker thread each: then what a client was answered is counted when it asks.
        memcached = List.of(MemcachedProcess.start("-t", "1"), MemcachedProcess.start("-t", "1"));
    }

    @AfterAll
    static void stopMemcached() {
        memcached.forEach(MemcachedProcess::close);
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
        proxies.forEach(FaultyProxy::close);
    }

    private void start(Setup setup, Map<String, String> settings) throws Exception {
        start(setup, settings, 1800, memcached.stream().map(MemcachedProcess::port));
    }

    private void start(Setup setup, Map<String, String> settings, int timeoutSeconds, Stream<Integer> ports)
            throws Exception {
        List<Integer> numbered = ports.toList();
        Map<String, String> all = new HashMap<>();
        all.put("memcachedNodes", "n1:127.0.0.1:" + numbered.get(0) + ",n2:127.0.0.1:" + numbered.get(1));
        all.put("sticky", Boolean.toString(setup.sticky));
        all.put("backupCopies", Integer.toString(setup.copies - 1));
        all.put("route", "jvm1");
        all.put("probeInterval", "10m"); // probes are no commands, but bytes
        all.putAll(settings);
        app.initParams(all)
                .servlet("/begin", (request, response) -> begin(request, timeoutSeconds))
                .servlet("/untouched", (request, response) -> {})
                .servlet("/read", (request, response) -> Objects.requireNonNull(attribute(request, "a7")))
                .servlet("/look", (request, response) -> Objects.requireNonNull(attribute(request, MUTABLE)))
                .servlet("/write", (request, response) -> {
                    for (int i = 0; i < 2; i++) { // however often: what counts is how it is in the end
                        request.getSession().setAttribute("a7", text());
                    }
                })
                .servlet("/mutate", (request, response) -> mutate(attribute(request, MUTABLE)))
                .start();
        cookie = UndertowApp.COOKIE + "=" + app.get("/begin").sessionId();
        before = look();
    }

    private static void begin(HttpServletRequest request, int timeoutSeconds) {
        HttpSession session = request.getSession();
        session.setMaxInactiveInterval(timeoutSeconds);
        IntStream.range(0, ATTRIBUTES - 1).forEach(i -> session.setAttribute("a" + i, text()));
        session.setAttribute(MUTABLE, new ArrayList<>(List.of(text())));
    }

    private static @Nullable Object attribute(HttpServletRequest request, String name) {
        return request.getSession(false).getAttribute(name);
    }

    @SuppressWarnings("unchecked") // begin() has set it
    private static void mutate(@Nullable Object list) {
        ((List<String>) Objects.requireNonNull(list)).set(0, text());
    }

    /** Another one each time. */
    private static String text() {
        String number = Long.toString(System.nanoTime());
        return number + "x".repeat(ATTRIBUTE_BYTES - number.length());
    }

    private void request(String path) throws Exception {
        assertThat(app.get(path, cookie).status()).isEqualTo(200);
    }

    private void requests(String path) throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            request(path);
        }
    }

    private static List<MemcachedTraffic> look() {
        return memcached.stream().map(MemcachedProcess::traffic).toList();
    }

    /** Since the session was there, of each memcached node that has been asked. */
    private List<MemcachedTraffic> traffic() {
        List<MemcachedTraffic> now = look();
        return IntStream.range(0, now.size())
                .mapToObj(i -> now.get(i).since(before.get(i)))
                .filter(traffic -> !traffic.equals(MemcachedTraffic.NONE))
                .toList();
    }

    private boolean haveRenewed(int copies, long times) {
        return traffic().stream().filter(node -> node.touches() >= times).count() == copies;
    }

    @ParameterizedTest
    @EnumSource
    void untouchedRequestsSendNothing(Setup setup) throws Exception {
        start(setup, Map.of());

        requests("/untouched");

        assertThat(traffic()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"STICKY_WITH_ONE_COPY", "STICKY_WITH_TWO_COPIES"})
    void stickyReadsSendNothingWithinValidateAfter(Setup setup) throws Exception {
        start(setup, LONG_TRUST);

        requests("/read");
        requests("/look");

        assertThat(traffic()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"STICKY_WITH_ONE_COPY", "STICKY_WITH_TWO_COPIES"})
    void stickyReadsValidateOnceInValidateAfterAtMost(Setup setup) throws Exception {
        Duration validateAfter = Duration.ofMillis(200);
        long start = System.nanoTime();
        start(setup, Map.of("validateAfter", validateAfter.toMillis() + "ms"));

        requestUntilRenewed("/read", 3, setup.copies);

        long elapsed = System.nanoTime() - start;
        List<MemcachedTraffic> traffic = traffic();
        assertThat(traffic).hasSize(setup.copies).allSatisfy(node -> {
            assertThat(elapsed).isGreaterThanOrEqualTo(node.touches() * validateAfter.toNanos());
            assertIsSmall(node, node.touches());
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"NON_STICKY_WITH_ONE_COPY", "NON_STICKY_WITH_TWO_COPIES"})
    void nonStickyReadsAskEachCopyOnceAndMoveNoValue(Setup setup) throws Exception {
        start(setup, Map.of());

        requests("/read");

        assertThat(traffic()).hasSize(setup.copies).allSatisfy(node -> assertIsSmall(node, REQUESTS));
    }

    @ParameterizedTest
    @EnumSource(names = {"NON_STICKY_WITH_ONE_COPY", "NON_STICKY_WITH_TWO_COPIES"})
    void nonStickyLookAtAMutableValueCostsNoMore(Setup setup) throws Exception {
        start(setup, Map.of());

        requests("/look");

        assertThat(traffic()).hasSize(setup.copies).allSatisfy(node -> assertIsSmall(node, REQUESTS));
    }

    @ParameterizedTest
    @EnumSource(names = "NON_STICKY_WITH_TWO_COPIES")
    void nonStickyReadAsksBothCopiesAtOnce(Setup setup) throws Exception {
        memcached.forEach(process -> proxies.add(FaultyProxy.to(process.port())));
        start(setup, Map.of("operationTimeout", "20s"), 1800, proxies.stream().map(FaultyProxy::port));
        proxies.forEach(FaultyProxy::holdAnswers);

        Future<?> reading = inBackground(() -> {
            request("/read");
            return null;
        });

        // Neither has been heard when both have been asked.
        Await.until("both are asked", () -> haveRenewed(setup.copies, 1));
        assertThat(reading.isDone()).isFalse();
        proxies.forEach(FaultyProxy::heal);
        reading.get(20, TimeUnit.SECONDS);
        assertThat(traffic()).hasSize(setup.copies).allSatisfy(node -> assertIsSmall(node, 1));
    }

    @ParameterizedTest
    @EnumSource
    void writeStoresEachCopyOnce(Setup setup) throws Exception {
        start(setup, LONG_TRUST);

        requests("/write");

        assertThat(traffic()).hasSize(setup.copies).allSatisfy(node -> assertIsWrite(node, setup));
    }

    @ParameterizedTest
    @EnumSource
    void changeInPlaceCostsWhatAWriteCosts(Setup setup) throws Exception {
        start(setup, LONG_TRUST);

        requests("/mutate");

        assertThat(traffic()).hasSize(setup.copies).allSatisfy(node -> assertIsWrite(node, setup));
    }

    @ParameterizedTest
    @EnumSource
    void untouchedRequestsRenewEachCopyOncePerTouchInterval(Setup setup) throws Exception {
        assertRenewsOncePerTouchInterval(setup, "/untouched");
    }

    @ParameterizedTest
    @EnumSource(names = {"STICKY_WITH_ONE_COPY", "STICKY_WITH_TWO_COPIES"})
    void stickyReadsRenewEachCopyOncePerTouchInterval(Setup setup) throws Exception {
        assertRenewsOncePerTouchInterval(setup, "/read");
    }

    private void assertRenewsOncePerTouchInterval(Setup setup, String path) throws Exception {
        int timeoutSeconds = 10;
        Duration touchInterval = Duration.ofSeconds(timeoutSeconds).dividedBy(10);
        long start = System.nanoTime();
        start(setup, LONG_TRUST, timeoutSeconds, memcached.stream().map(MemcachedProcess::port));

        requestUntilRenewed(path, 2, setup.copies);

        long elapsed = System.nanoTime() - start;
        assertThat(traffic()).hasSize(setup.copies).allSatisfy(node -> {
            assertThat(elapsed).isGreaterThanOrEqualTo(node.touches() * touchInterval.toNanos());
            assertIsSmall(node, node.touches());
        });
    }

    private void requestUntilRenewed(String path, long times, int copies) {
        Await.until(copies + " copies are renewed " + times + " times", () -> {
            request(path);
            return haveRenewed(copies, times);
        });
    }

    /** Nothing but so many small commands, each with a small answer. */
    private static void assertIsSmall(MemcachedTraffic traffic, long commands) {
        assertThat(traffic.commands()).isEqualTo(commands);
        assertThat(traffic.sets()).isZero();
        assertThat(traffic.bytesRead()).isBetween(commands, commands * SMALL);
        assertThat(traffic.bytesWritten()).isBetween(commands, commands * SMALL);
    }

    private static void assertIsWrite(MemcachedTraffic traffic, Setup setup) {
        int record = ATTRIBUTES * ATTRIBUTE_BYTES;
        assertThat(traffic.sets()).isEqualTo(REQUESTS);
        assertThat(traffic.commands() - traffic.sets()).isEqualTo((long) REQUESTS * setup.commandsToRead());
        assertThat(traffic.bytesRead() / REQUESTS).isBetween((long) record, (long) record + MOST_OVERHEAD);
        assertThat(traffic.bytesWritten() / REQUESTS).isBetween(1L, (long) SMALL * (1 + setup.commandsToRead()));
    }

    private static Future<?> inBackground(Callable<?> work) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return thread.submit(work);
        } finally {
            thread.shutdown();
        }
    }
}
