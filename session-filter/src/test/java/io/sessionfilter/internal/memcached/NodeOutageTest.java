package io.sessionfilter.internal.memcached;

import static io.sessionfilter.internal.memcached.Nodes.TIMEOUT;
import static io.sessionfilter.internal.memcached.Nodes.awaitUnusable;
import static io.sessionfilter.internal.memcached.Nodes.awaitUsable;
import static io.sessionfilter.internal.memcached.Nodes.failure;
import static io.sessionfilter.internal.memcached.Nodes.item;
import static io.sessionfilter.internal.store.MemcachedNode.NO_RENEWAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.store.CasToken;
import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.NodeCall;
import io.sessionfilter.internal.store.NodeException;
import io.sessionfilter.internal.store.NodeException.Kind;
import io.sessionfilter.internal.store.Written;
import io.sessionfilter.internal.store.Written.Outcome;
import io.sessionfilter.internal.time.TimeSource;
import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.FreePort;
import io.sessionfilter.testkit.InMemoryMemcached;
import io.sessionfilter.testkit.MemcachedModel;
import io.sessionfilter.testkit.MemcachedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a memcached node's death, freeze and restart cost, and how they end: with real processes. */
class NodeOutageTest {
    /** How much later than promised a thread may be scheduled on a loaded machine. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final MemcachedProcess memcached = MemcachedProcess.start();
    private final List<MemcachedNode> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(MemcachedNode::close);
        memcached.close();
    }

    private MemcachedNode connect(Duration timeout) {
        MemcachedNode node = Nodes.connect(memcached.port(), timeout);
        nodes.add(node);
        awaitUsable(node);
        return node;
    }

    @Test
    void deathFailsNewOperationsAtOnceAndIsOneOutage() throws NodeException {
        MemcachedNode node = connect(Duration.ofSeconds(10));
        node.set("k", item("v")).await();
        long before = System.nanoTime();

        memcached.kill();
        awaitUnusable(node);

        for (int i = 0; i < 100; i++) {
            assertThat(failure(node.fetch("k", true, NO_RENEWAL)).kind()).isEqualTo(Kind.UNAVAILABLE);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(node.health().outages()).isEqualTo(1);
        assertThat(node.health().outageNoticedNanos()).isBetween(before, System.nanoTime());
    }

    @Test
    void deathFailsPendingOperationsAtOnceAsUnknown() {
        MemcachedNode node = connect(Duration.ofSeconds(10));
        memcached.freeze();
        List<NodeCall<Written>> pending = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pending.add(node.set("k" + i, item("v")));
        }
        long before = System.nanoTime();

        memcached.kill();

        for (NodeCall<Written> call : pending) {
            assertThat(failure(call).kind()).isEqualTo(Kind.UNKNOWN);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("at once, not after their timeout of ten seconds")
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void frozenNodeCostsOneTimeoutEachUntilTheBreakerOpensAndNothingAfterThat() {
        MemcachedNode node = connectWithoutProbes();
        memcached.freeze();

        for (int i = 0; i < 3; i++) {
            assertThat(node.health().usable()).isTrue();
            long before = System.nanoTime();
            assertThat(failure(node.set("k", item("v"))).kind()).isEqualTo(Kind.UNKNOWN);
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isBetween(TIMEOUT.minusMillis(20), TIMEOUT.plus(SLACK));
        }

        assertThat(node.health().usable()).isFalse();
        long before = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            assertThat(failure(node.set("k", item("v"))).kind()).isEqualTo(Kind.UNAVAILABLE);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(TIMEOUT.plus(SLACK));
    }

    @Test
    void frozenIdleNodeIsNoticedByItsProbesAndUsableAgainWhenThawed() throws NodeException {
        MemcachedNode node = connect(TIMEOUT);
        node.set("k", item("v")).await();

        memcached.freeze();
        awaitUnusable(node);
        memcached.thaw();
        awaitUsable(node);

        assertThat(node.fetch("k", true, NO_RENEWAL).await()).isPresent();
        assertThat(node.health().incarnation()).isEqualTo(2);
        assertThat(node.health().outages()).isEqualTo(1);
    }

    @Test
    void largeWritesToAFrozenNodeAreBoundedAndItComesBack() throws NodeException {
        MemcachedNode node = connect(TIMEOUT);
        memcached.freeze();
        long before = System.nanoTime();

        for (int i = 0; i < 20; i++) {
            assertThat(failure(node.set("k" + i, item("v".repeat(900_000)))).kind())
                    .isIn(Kind.UNKNOWN, Kind.UNAVAILABLE);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isLessThan(TIMEOUT.multipliedBy(3).plus(SLACK));
        memcached.thaw();
        awaitUsable(node);
        assertThat(node.set("k", item("v")).await().outcome()).isEqualTo(Outcome.STORED);
    }

    @Test
    void frozenNodeIsSentNoMoreOperationsThanTheBulkheadLetsThrough() {
        MemcachedNode node = connectWithBulkhead(5);
        memcached.freeze();
        List<NodeCall<Written>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(node.set("k" + i, item("v")));
        }

        NodeException refused = failure(node.add("k", item("never sent")));

        assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refused).hasMessageContaining("5 operations");
        memcached.thaw();
        assertThat(waiting)
                .allSatisfy(call -> assertThat(call.await().outcome()).isEqualTo(Outcome.STORED));
        assertThat(Nodes.answer(node.add("k", item("v"))).outcome()).isEqualTo(Outcome.STORED);
    }

    @Test
    void operationsBeyondTheBulkheadTakeTheirTurnWhenTheNodeAnswers() throws Exception {
        MemcachedNode node = connectWithBulkhead(2);
        memcached.freeze();
        CountDownLatch begun = new CountDownLatch(12);
        List<FutureTask<Written>> tasks = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String key = "k" + i;
            FutureTask<Written> task = new FutureTask<>(() -> {
                NodeCall<Written> call = node.set(key, item("v"));
                begun.countDown();
                return call.await();
            });
            tasks.add(task);
            threads.add(new Thread(task));
        }
        threads.forEach(Thread::start);
        begun.await();
        Await.until(
                "all of them wait",
                () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));

        memcached.thaw();

        for (FutureTask<Written> task : tasks) {
            assertThat(task.get().outcome()).isEqualTo(Outcome.STORED);
        }
    }

    @Test
    void deathEndsTheWaitOfOperationsBeyondTheBulkheadAtOnce() {
        MemcachedNode node = connectWithBulkhead(1);
        memcached.freeze();
        List<NodeCall<Written>> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(node.set("k" + i, item("v")));
        }

        memcached.kill();

        assertThat(failure(calls.get(0)).kind()).isEqualTo(Kind.UNKNOWN);
        for (NodeCall<Written> neverSent : calls.subList(1, 5)) {
            NodeException failure = failure(neverSent);
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("it is down");
        }
    }

    private MemcachedNode connectWithBulkhead(int maxWaiting) {
        NodeSettings settings = new NodeSettings(
                Nodes.settings(1, TIMEOUT).id(),
                "127.0.0.1",
                memcached.port(),
                Duration.ofSeconds(8),
                Duration.ofSeconds(8),
                3,
                maxWaiting,
                Duration.ofSeconds(1));
        MemcachedNode node = MemcachedNodes.connect(settings, TimeSource.SYSTEM);
        nodes.add(node);
        awaitUsable(node);
        return node;
    }

    @Test
    void restartVoidsAllTokens() throws NodeException {
        MemcachedNode node = connect(TIMEOUT);
        CasToken token =
                Objects.requireNonNull(node.set("k", item("old")).await().token());

        memcached.restart();
        Await.until("node has a new incarnation", () -> node.health().incarnation() == 2);

        // The cas values of the new process are those of the old one.
        CasToken again =
                Objects.requireNonNull(node.set("k", item("new")).await().token());
        assertThat(again.value()).isEqualTo(token.value());
        assertThat(node.compareAndSet("k", item("older"), token).await().outcome())
                .isEqualTo(Outcome.EXISTS);
        assertThat(node.health().outages()).isEqualTo(1);
    }

    @Test
    void restartBehindAConnectionThatStaysIsAnOutageToo() throws NodeException {
        try (InMemoryMemcached hidden = InMemoryMemcached.start()) {
            MemcachedNode node = Nodes.connect(hidden.port(), Nodes.PATIENT);
            nodes.add(node);
            awaitUsable(node);
            CasToken token =
                    Objects.requireNonNull(node.set("k", item("old")).await().token());

            hidden.restartUnnoticed();
            Await.until("node has a new incarnation", () -> node.health().incarnation() == 2);

            assertThat(node.health().outages()).isEqualTo(1);
            assertThat(node.compareAndSet("k", item("older"), token).await().outcome())
                    .isEqualTo(Outcome.EXISTS);
        }
    }

    @Test
    void nodeThatIsUnreachableAtTheStartIsFoundLater() {
        int port = FreePort.find();
        MemcachedNode node = Nodes.connect(port, TIMEOUT);
        nodes.add(node);
        assertThat(node.health().usable()).isFalse();
        assertThat(node.health().incarnation()).isZero();
        assertThat(failure(node.fetch("k", true, NO_RENEWAL)).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(node.maxValueBytes(10)).isBetween(1_000_000, 1024 * 1024);

        try (InMemoryMemcached late = InMemoryMemcached.start(new MemcachedModel(TimeSource.SYSTEM), port)) {
            awaitUsable(node);

            assertThat(late.commandCount()).isPositive();
            assertThat(node.health().incarnation()).isEqualTo(1);
            assertThat(node.health().outages()).isZero();
        }
    }

    @Test
    void hostNameThatDoesNotResolveIsNotAnError() {
        NodeSettings nowhere =
                new NodeSettings(Nodes.settings(1, TIMEOUT).id(), "no-such-host.invalid", 11211, TIMEOUT);
        MemcachedNode node = MemcachedNodes.connect(nowhere, TimeSource.SYSTEM);
        nodes.add(node);

        assertThat(node.health().usable()).isFalse();
    }

    @Test
    void itemLimitIsThatOfTheServer() {
        try (MemcachedProcess large = MemcachedProcess.start("-I", "2m")) {
            MemcachedNode node = Nodes.connect(large.port(), Nodes.PATIENT);
            nodes.add(node);
            awaitUsable(node);

            assertThat(node.maxValueBytes(1)).isBetween(2_000_000, 2 * 1024 * 1024);
            assertThat(Nodes.answer(node.set("k", item("v".repeat(node.maxValueBytes(1)))))
                            .outcome())
                    .isEqualTo(Outcome.STORED);
        }
    }

    @Test
    void fullNodeThatDoesNotEvictRefuses() {
        try (MemcachedProcess full = MemcachedProcess.start("-M", "-m", "2")) {
            MemcachedNode node = Nodes.connect(full.port(), Nodes.PATIENT);
            nodes.add(node);
            awaitUsable(node);
            List<NodeException> failures = new ArrayList<>();

            for (int i = 0; i < 200 && failures.isEmpty(); i++) {
                try {
                    node.set("k" + i, item("v".repeat(400_000))).await();
                } catch (NodeException e) {
                    failures.add(e);
                }
            }

            assertThat(failures)
                    .singleElement()
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
            assertThat(node.health().usable()).isTrue();
        }
    }

    @Test
    void interruptEndsTheWaitAndStays() {
        MemcachedNode node = connect(Duration.ofSeconds(10));
        memcached.freeze();
        NodeCall<Written> call = node.set("k", item("v"));

        Thread.currentThread().interrupt();
        NodeException failure = failure(call);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(failure)
                .hasMessageContaining("n1")
                .hasMessageContaining("set")
                .hasMessageNotContaining("k\"");
    }

    private MemcachedNode connectWithoutProbes() {
        NodeSettings settings = new NodeSettings(
                Nodes.settings(1, TIMEOUT).id(),
                "127.0.0.1",
                memcached.port(),
                TIMEOUT,
                TIMEOUT,
                3,
                64,
                Duration.ofHours(1));
        MemcachedNode node = MemcachedNodes.connect(settings, TimeSource.SYSTEM);
        nodes.add(node);
        awaitUsable(node);
        return node;
    }
}
