package io.sessionfilter.internal.memcached;

import static io.sessionfilter.internal.memcached.Nodes.item;
import static io.sessionfilter.internal.store.MemcachedNode.NO_RENEWAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.internal.store.CasToken;
import io.sessionfilter.internal.store.Copy;
import io.sessionfilter.internal.store.Item;
import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.NodeCall;
import io.sessionfilter.internal.store.NodeException;
import io.sessionfilter.internal.store.Written;
import io.sessionfilter.internal.store.Written.Outcome;
import io.sessionfilter.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@link MemcachedNode} promises of a node that is well. Run against memcached itself and against the model of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MemcachedNodeContract {
    private static final AtomicInteger KEYS = new AtomicInteger();

    private MemcachedNode node;
    private String key;

    /** Of the server, which is there for all tests. */
    abstract int port();

    abstract void stopServer();

    @BeforeAll
    void connect() {
        node = Nodes.connect(port(), Nodes.PATIENT);
        Nodes.awaitUsable(node);
    }

    @AfterAll
    void close() {
        node.close();
        stopServer();
    }

    @BeforeEach
    void chooseKey() {
        key = "key:" + KEYS.incrementAndGet();
    }

    @Test
    void isUsableWithItsFirstConnection() {
        assertThat(node.health().usable()).isTrue();
        assertThat(node.health().incarnation()).isEqualTo(1);
        assertThat(node.health().outages()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fetchOfNothingIsEmpty(boolean withValue) throws NodeException {
        assertThat(node.fetch(key, withValue, NO_RENEWAL).await()).isEmpty();
        assertThat(node.fetch(key, withValue, 60).await()).isEmpty();
    }

    @Test
    void fetchReturnsWhatWasStored() throws NodeException {
        CasToken token = stored(node.add(key, item("value", 12345, 100)));

        Copy copy = node.fetch(key, true, NO_RENEWAL).await().orElseThrow();

        assertThat(copy.token()).isEqualTo(token);
        assertThat(copy.stamp()).isEqualTo(12345);
        assertThat(copy.remainingSeconds()).isBetween(90L, 100L);
        assertThat(copy.value()).asString(StandardCharsets.UTF_8).isEqualTo("value");
    }

    @Test
    void fetchWithoutValueReturnsAllElse() throws NodeException {
        CasToken token = stored(node.add(key, item("value", 12345, 100)));

        Copy copy = node.fetch(key, false, NO_RENEWAL).await().orElseThrow();

        assertThat(copy.token()).isEqualTo(token);
        assertThat(copy.stamp()).isEqualTo(12345);
        assertThat(copy.remainingSeconds()).isBetween(90L, 100L);
        assertThat(copy.value()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fetchRenewsAndTellsTheRenewedTime(boolean withValue) throws NodeException {
        stored(node.add(key, item("value", 1, 100)));

        Copy renewed = node.fetch(key, withValue, 1000).await().orElseThrow();

        assertThat(renewed.remainingSeconds()).isBetween(990L, 1000L);
        assertThat(fetch().remainingSeconds()).isBetween(990L, 1000L);
    }

    @Test
    void renewalLeavesValueStampAndToken() throws NodeException {
        CasToken token = stored(node.add(key, item("value", 5, 100)));

        node.fetch(key, false, 1000).await();
        node.touch(key, 2000).await();

        assertThat(fetch().token()).isEqualTo(token);
        assertThat(fetch().stamp()).isEqualTo(5);
        assertThat(fetch().value()).asString(StandardCharsets.UTF_8).isEqualTo("value");
    }

    @Test
    void renewalWithZeroMakesTheItemLastForEver() throws NodeException {
        stored(node.add(key, item("value", 1, 100)));

        assertThat(node.fetch(key, false, 0).await().orElseThrow().remainingSeconds())
                .isEqualTo(-1);
    }

    @Test
    void itemWithoutTimeToLiveNeverExpires() throws NodeException {
        stored(node.add(key, item("value", 1, 0)));

        assertThat(fetch().remainingSeconds()).isEqualTo(-1);
    }

    @Test
    void itemExpires() throws Exception {
        stored(node.add(key, item("value", 1, 1)));

        Await.until(
                "item has expired",
                () -> node.fetch(key, false, NO_RENEWAL).await().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {30L * 86400, 30L * 86400 + 1, 31L * 86400, 365L * 86400})
    void longTimesToLiveAreRelativeToo(long ttlSeconds) throws NodeException {
        stored(node.add(key, item("value", 1, ttlSeconds)));
        assertThat(fetch().remainingSeconds()).isBetween(ttlSeconds - 10, ttlSeconds + 1);

        node.touch(key, 10).await();
        assertThat(node.fetch(key, false, ttlSeconds).await().orElseThrow().remainingSeconds())
                .isBetween(ttlSeconds - 10, ttlSeconds + 1);

        node.touch(key, 10).await();
        assertThat(node.touch(key, ttlSeconds).await()).isTrue();
        assertThat(fetch().remainingSeconds()).isBetween(ttlSeconds - 10, ttlSeconds + 1);
    }

    @Test
    void timeToLiveBeyondMemcachedsCalendarNeverExpires() throws NodeException {
        stored(node.add(key, item("value", 1, Integer.MAX_VALUE)));

        assertThat(fetch().remainingSeconds()).isEqualTo(-1);
    }

    @Test
    void negativeTimesToLiveAreRefused() {
        assertThatThrownBy(() -> node.add(key, item("value", 1, -1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> node.touch(key, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> node.fetch(key, false, -2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stampsHave31Bits() throws NodeException {
        stored(node.add(key, item("value", Integer.MAX_VALUE, 100)));

        assertThat(fetch().stamp()).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> node.set(key, item("value", -1, 100))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void compareAndSetReplacesWhatTheTokenStandsFor() throws NodeException {
        CasToken first = stored(node.add(key, item("one", 1, 100)));

        CasToken second = stored(node.compareAndSet(key, item("two", 2, 200), first));

        assertThat(second).isNotEqualTo(first);
        Copy copy = fetch();
        assertThat(copy.token()).isEqualTo(second);
        assertThat(copy.stamp()).isEqualTo(2);
        assertThat(copy.remainingSeconds()).isBetween(190L, 200L);
        assertThat(copy.value()).asString(StandardCharsets.UTF_8).isEqualTo("two");
    }

    @Test
    void compareAndSetAcceptsTheTokenOfAFetch() throws NodeException {
        stored(node.set(key, item("one")));

        stored(node.compareAndSet(key, item("two"), fetch().token()));

        assertThat(fetch().value()).asString(StandardCharsets.UTF_8).isEqualTo("two");
    }

    @Test
    void compareAndSetWithAnOlderTokenWritesNothing() throws NodeException {
        CasToken first = stored(node.add(key, item("one")));
        stored(node.compareAndSet(key, item("two"), first));

        assertThat(node.compareAndSet(key, item("three"), first).await()).isEqualTo(new Written(Outcome.EXISTS, null));

        assertThat(fetch().value()).asString(StandardCharsets.UTF_8).isEqualTo("two");
    }

    @Test
    void compareAndSetOfNothingIsNotFound() throws NodeException {
        CasToken token = stored(node.add(key, item("one")));
        assertThat(node.compareAndDelete(key, token).await().outcome()).isEqualTo(Outcome.STORED);

        assertThat(node.compareAndSet(key, item("two"), token).await()).isEqualTo(new Written(Outcome.NOT_FOUND, null));

        assertThat(node.fetch(key, false, NO_RENEWAL).await()).isEmpty();
    }

    @Test
    void tokenOfAnotherIncarnationIsNeverSent() throws NodeException {
        CasToken token = stored(node.add(key, item("one")));
        CasToken earlier = new CasToken(token.incarnation() - 1, token.value());

        assertThat(node.compareAndSet(key, item("two"), earlier).await()).isEqualTo(new Written(Outcome.EXISTS, null));
        assertThat(node.compareAndDelete(key, earlier).await()).isEqualTo(new Written(Outcome.EXISTS, null));

        assertThat(fetch().token()).isEqualTo(token);
    }

    @Test
    void addFindsAnItem() throws NodeException {
        CasToken token = stored(node.add(key, item("one")));

        assertThat(node.add(key, item("two")).await()).isEqualTo(new Written(Outcome.NOT_STORED, null));

        assertThat(fetch().token()).isEqualTo(token);
    }

    @Test
    void setStoresWhateverIsThere() throws NodeException {
        CasToken first = stored(node.set(key, item("one")));
        CasToken second = stored(node.set(key, item("two")));

        assertThat(second).isNotEqualTo(first);
        assertThat(fetch().token()).isEqualTo(second);
    }

    @Test
    void touchTellsWhetherThereIsAnItem() throws NodeException {
        assertThat(node.touch(key, 1000).await()).isFalse();

        stored(node.add(key, item("one", 1, 100)));

        assertThat(node.touch(key, 1000).await()).isTrue();
        assertThat(fetch().remainingSeconds()).isBetween(990L, 1000L);
    }

    @Test
    void compareAndDeleteDeletesWhatTheTokenStandsForOnly() throws NodeException {
        CasToken first = stored(node.add(key, item("one")));
        CasToken second = stored(node.set(key, item("two")));

        assertThat(node.compareAndDelete(key, first).await().outcome()).isEqualTo(Outcome.EXISTS);
        assertThat(node.fetch(key, false, NO_RENEWAL).await()).isPresent();

        assertThat(node.compareAndDelete(key, second).await().outcome()).isEqualTo(Outcome.STORED);
        assertThat(node.fetch(key, false, NO_RENEWAL).await()).isEmpty();

        assertThat(node.compareAndDelete(key, second).await().outcome()).isEqualTo(Outcome.NOT_FOUND);
    }

    @Test
    void anyBytesComeBackAsTheyWere() throws NodeException {
        Random random = new Random(42);
        for (int length : new int[] {0, 1, 2, 100, 16_383, 128 * 1024, 131_073, 700_000}) {
            byte[] value = new byte[length];
            random.nextBytes(value);
            stored(node.set(key, new Item(value, 1, 100)));

            assertThat(fetch().value()).isEqualTo(value);
        }
        byte[] confusing = "\r\nEND\r\nHD c1 O1\r\n".getBytes(StandardCharsets.US_ASCII);
        stored(node.set(key, new Item(confusing, 1, 100)));
        assertThat(fetch().value()).isEqualTo(confusing);
    }

    @Test
    void largestValueIsStored() throws NodeException {
        byte[] value = new byte[node.maxValueBytes(key.length())];
        Arrays.fill(value, (byte) 'x');

        stored(node.set(key, new Item(value, 1, 100)));

        assertThat(fetch().value()).hasSize(value.length);
        assertThat(value.length).isGreaterThan(1_000_000);
    }

    @Test
    void tooLargeValueIsNotSentAndTheStoredOneStays() throws NodeException {
        CasToken token = stored(node.set(key, item("small")));
        Item large = new Item(new byte[node.maxValueBytes(key.length()) + 1], 1, 100);

        for (NodeCall<Written> call :
                List.of(node.set(key, large), node.add(key, large), node.compareAndSet(key, large, token))) {
            assertThat(Nodes.failure(call).kind()).isEqualTo(NodeException.Kind.TOO_LARGE);
        }

        assertThat(fetch().token()).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nflush_all", "a\tb", "a\u0000b", "schlüssel", "a\u007fb", "\u0130"})
    void badKeysAreRefusedBeforeAnythingIsSent(String bad) {
        CasToken token = new CasToken(1, 1);

        assertThatThrownBy(() -> node.fetch(bad, true, NO_RENEWAL)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> node.touch(bad, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> node.add(bad, item("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> node.set(bad, item("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> node.compareAndSet(bad, item("x"), token))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> node.compareAndDelete(bad, token)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysMayHave250BytesOfAnyPrintableAscii() throws NodeException {
        StringBuilder printable = new StringBuilder(key);
        for (char c = '!'; c <= '~'; c++) {
            printable.append(c);
        }
        String longest = printable + "x".repeat(250 - printable.length());
        stored(node.set(longest, item("long")));

        assertThat(node.fetch(longest, true, NO_RENEWAL).await()).isPresent();
        assertThatThrownBy(() -> node.set(longest + "x", item("longer"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void callsMayBeAwaitedInAnyOrder() throws NodeException {
        NodeCall<Written> write = node.set(key, item("one"));
        NodeCall<Optional<Copy>> read = node.fetch(key, true, NO_RENEWAL);
        NodeCall<Boolean> touch = node.touch(key + "-none", 10);

        assertThat(touch.await()).isFalse();
        assertThat(read.await().orElseThrow().value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("one");
        assertThat(write.await().outcome()).isEqualTo(Outcome.STORED);
    }

    @Test
    void manyThreadsGetTheirOwnAnswers() throws Exception {
        int threads = 16;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String own = key + "-" + thread;
                long seed = thread;
                results.add(executor.submit(() -> writeAndReadBack(own, new Random(seed))));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(100);
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(node.health().incarnation()).isEqualTo(1);
    }

    private int writeAndReadBack(String own, Random random) throws NodeException {
        CasToken token = stored(node.add(own, item("start")));
        int right = 0;
        for (int i = 0; i < 100; i++) {
            byte[] value = new byte[random.nextInt(i % 10 == 0 ? 50_000 : 500)];
            random.nextBytes(value);
            int stamp = random.nextInt(Integer.MAX_VALUE);
            token = stored(node.compareAndSet(own, new Item(value, stamp, 100), token));
            Copy copy = node.fetch(own, true, NO_RENEWAL).await().orElseThrow();
            if (copy.token().equals(token) && copy.stamp() == stamp && Arrays.equals(copy.value(), value)) {
                right++;
            }
        }
        return right;
    }

    @Test
    void onlyOneOfManyCompareAndSetsWins() throws Exception {
        int threads = 8;
        int rounds = 50;
        CasToken token = stored(node.set(key, item("0")));
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < rounds; round++) {
                CasToken shared = token;
                List<Future<Written>> attempts = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    Item attempt = item("round " + round + " by " + i);
                    attempts.add(executor.submit(
                            () -> node.compareAndSet(key, attempt, shared).await()));
                }
                List<CasToken> winners = new ArrayList<>();
                for (Future<Written> attempt : attempts) {
                    Written written = attempt.get(30, TimeUnit.SECONDS);
                    if (written.outcome() == Outcome.STORED) {
                        winners.add(written.token());
                    }
                }
                assertThat(winners).hasSize(1);
                token = winners.get(0);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private Copy fetch() throws NodeException {
        return node.fetch(key, true, NO_RENEWAL).await().orElseThrow();
    }

    private static CasToken stored(NodeCall<Written> call) throws NodeException {
        Written written = call.await();
        assertThat(written.outcome()).isEqualTo(Outcome.STORED);
        return Objects.requireNonNull(written.token());
    }
}
