package io.sessionfilter.internal.memcached;

import static io.sessionfilter.internal.memcached.Nodes.TIMEOUT;
import static io.sessionfilter.internal.memcached.Nodes.awaitUsable;
import static io.sessionfilter.internal.memcached.Nodes.failure;
import static io.sessionfilter.internal.memcached.Nodes.item;
import static io.sessionfilter.internal.store.MemcachedNode.NO_RENEWAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.store.Copy;
import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.NodeException;
import io.sessionfilter.internal.store.NodeException.Kind;
import io.sessionfilter.internal.store.Written.Outcome;
import io.sessionfilter.internal.time.TimeSource;
import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.InMemoryMemcached;
import io.sessionfilter.testkit.Lie;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer that breaks the protocol costs an exception, never a wrong answer, and is used again when it is honest. */
class LyingNodeTest {
    private final InMemoryMemcached memcached = InMemoryMemcached.start();
    private final MemcachedNode node = Nodes.connect(memcached.port(), TIMEOUT);

    @AfterEach
    void close() {
        node.close();
        memcached.close();
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                Arguments.of("garbage", Lie.says("\u0000\u0001 what?\r\n")),
                Arguments.of("another protocol", Lie.says("HTTP/1.1 400 Bad Request\r\n\r\n")),
                Arguments.of("a line without end", Lie.says("H".repeat(10_000))),
                Arguments.of("half an answer", Lie.half()),
                Arguments.of("half an answer and close", Lie.halfAndClose()),
                Arguments.of("the answer to another command", Lie.wrongOpaque()),
                Arguments.of("no answer", Lie.silence()),
                Arguments.of("a hit without its flags", Lie.says("HD\r\n")),
                Arguments.of("a huge value", Lie.says("VA 2000000000 c1 f1 t1 O1\r\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void lieIsAnExceptionAndHonestyIsRewarded(String name, Lie lie) throws NodeException {
        awaitUsable(node);
        node.set("k", item("the value")).await();
        memcached.lie(lie.aboutItems());

        NodeException failure = failure(node.fetch("k", true, NO_RENEWAL));

        assertThat(failure.kind()).as(name).isEqualTo(Kind.UNKNOWN);
        memcached.lie(Lie.NONE);
        Await.until("the node answers again", () -> theValueIsThere());
    }

    private boolean theValueIsThere() {
        try {
            Copy copy = node.fetch("k", true, NO_RENEWAL).await().orElseThrow();
            assertThat(copy.value()).asString(StandardCharsets.UTF_8).isEqualTo("the value");
            return true;
        } catch (NodeException e) {
            return false; // not yet
        }
    }

    @Test
    void answersThatNobodyAskedForEndTheConnectionNotTheClient() throws NodeException {
        awaitUsable(node);
        node.set("k", item("the value")).await();
        memcached.lie(Lie.twice().aboutItems());

        try {
            assertThat(node.fetch("k", true, NO_RENEWAL).await()).isPresent(); // the first one is honest
        } catch (NodeException e) {
            assertThat(e.kind()).isEqualTo(Kind.UNKNOWN);
        }
        memcached.lie(Lie.NONE);

        Await.until("the connection is another one", () -> node.health().incarnation() > 1);
        Await.until("the node answers again", () -> theValueIsThere());
    }

    @Test
    void threadsNeverSeeEachOthersValuesWhateverIsSaid() throws Exception {
        awaitUsable(node);
        Random dice = new Random(7);
        List<Lie> bad = List.of(Lie.half(), Lie.halfAndClose(), Lie.twice(), Lie.wrongOpaque(), Lie.says("junk\r\n"));
        memcached.lie(((Lie) (command, honest) -> {
                    synchronized (dice) {
                        int roll = dice.nextInt(100);
                        return roll < bad.size() ? bad.get(roll).instead(command, honest) : Lie.Answer.of(honest);
                    }
                })
                .aboutItems());
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String key = "key" + i;
                results.add(executor.submit(() -> wrongAnswers(key)));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get(30, TimeUnit.SECONDS)).isZero();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(node.health().incarnation()).isGreaterThan(1);
    }

    private int wrongAnswers(String key) {
        int wrong = 0;
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (System.nanoTime() < end) {
            try {
                if (node.set(key, item(key)).await().outcome() != Outcome.STORED) {
                    wrong++;
                }
                Copy copy = node.fetch(key, true, NO_RENEWAL).await().orElseThrow();
                byte[] value = copy.value();
                if (value == null || !new String(value, StandardCharsets.UTF_8).equals(key)) {
                    wrong++;
                }
            } catch (NodeException e) {
                Thread.onSpinWait(); // allowed
            }
        }
        return wrong;
    }

    @Test
    void noCommandReachesANodeWhoseBreakerIsOpen() {
        AtomicInteger received = new AtomicInteger();
        Lie silence = (command, honest) -> {
            received.incrementAndGet();
            return Lie.Answer.of("");
        };
        NodeSettings unprobed = new NodeSettings(
                node.id(),
                "127.0.0.1",
                memcached.port(),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                3,
                64,
                Duration.ofHours(1));
        try (MemcachedNode silent = MemcachedNodes.connect(unprobed, TimeSource.SYSTEM)) {
            awaitUsable(silent);
            memcached.lie(silence.aboutItems());
            for (int i = 0; i < 3; i++) {
                assertThat(failure(silent.touch("k", 1)).kind()).isEqualTo(Kind.UNKNOWN);
            }

            for (int i = 0; i < 1000; i++) {
                assertThat(failure(silent.touch("k", 1)).kind()).isEqualTo(Kind.UNAVAILABLE);
            }

            memcached.lie(Lie.NONE);
            assertThat(received.get()).isEqualTo(3);
        }
    }

    @Test
    void oldServerIsRefused() {
        memcached.lie((command, honest) -> switch (command) {
            case "version" -> Lie.Answer.of("VERSION 1.5.22\r\n");
            case "mn" -> Lie.Answer.of("ERROR\r\n");
            default -> Lie.Answer.of(honest);
        });
        try (MemcachedNode old = Nodes.connect(memcached.port(), TIMEOUT)) {
            assertThat(old.health().usable()).isFalse();
            assertThat(failure(old.fetch("k", true, NO_RENEWAL)).kind()).isEqualTo(Kind.UNAVAILABLE);

            memcached.lie(Lie.NONE);
            awaitUsable(old); // it was upgraded
        }
    }

    @Test
    void serverJustBelowTheFloorIsRefusedThoughItKnowsMetaCommands() {
        memcached.lie((command, honest) ->
                command.equals("version") ? Lie.Answer.of("VERSION 1.6.17\r\n") : Lie.Answer.of(honest));
        try (MemcachedNode old = Nodes.connect(memcached.port(), TIMEOUT)) {
            assertThat(old.health().usable()).isFalse();
        }
    }
}
