package io.sessionfilter.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.record.RecordException;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.time.FakeTime;
import io.sessionfilter.internal.time.ManualExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** App nodes, each with links of its own to some memcached nodes in memory, and one clock that the test turns. */
final class StoreCluster {
    static final long TTL_SECONDS = new TimeToLive(Duration.ofMillis(500)).ofSession(Counting.TIMEOUT_SECONDS);

    final FakeTime time = new FakeTime();

    /** In the order of the ring of {@link #key}. */
    final List<FakeNode> nodes;

    final String key;
    private final Random random = new Random(7);

    StoreCluster(int nodeCount) {
        List<FakeNode> all = IntStream.rangeClosed(1, nodeCount)
                .mapToObj(i -> new FakeNode("n" + i, time))
                .toList();
        key = new SessionKeys(new Membership(new Ring(all)), Set.of(), random).next();
        nodes = new Ring(all).nodes(key).stream().map(FakeNode.class::cast).toList();
    }

    /** The session has ended, by this very call or not. */
    static Consumer<OpenResult> ended(boolean here) {
        return result -> assertThat(result)
                .isInstanceOfSatisfying(
                        OpenResult.Ended.class,
                        ended -> assertThat(ended.endedHere()).isEqualTo(here));
    }

    /** One app node, with a near-cache for one session. */
    final class AppNode {
        final List<String> log = new ArrayList<>();
        final List<Link> links;
        final Metrics metrics = new Metrics();
        final ManualExecutor executor = new ManualExecutor();
        final ReplicatedStore store;

        @Nullable
        StoredRecord known;

        AppNode(int copies) {
            links = nodes.stream().map(node -> new Link(node, log)).toList();
            store = new ReplicatedStore(
                    new Ring(links),
                    new ReplicatedStore.Settings(
                            copies,
                            Set.of(),
                            "app:",
                            new TimeToLive(Duration.ofMillis(500)),
                            Duration.ofSeconds(1),
                            1000),
                    time,
                    random,
                    random::nextLong,
                    executor,
                    metrics);
        }

        Link link(int index) {
            return links.get(index);
        }

        /** Adds to a counter, as a request that goes on with what the near-cache has. */
        CommitResult add(String name, int amount) {
            CommitResult result = store.commit(key, known, new Counting(name, amount));
            if (result instanceof CommitResult.Stored stored) {
                known = stored.stored();
            }
            return result;
        }

        OpenResult open() {
            return open(0);
        }

        /** Looks at the session, last used here some seconds ago. */
        OpenResult open(long idleSeconds) {
            OpenResult result =
                    store.open(key, known, Duration.ofSeconds(idleSeconds).toNanos());
            if (result instanceof OpenResult.Found found) {
                known = found.stored();
            }
            return result;
        }

        /** What a request reads now. */
        int read(String name) {
            if (open() instanceof OpenResult.Found found) {
                return Counting.read(found.stored().record(), name);
            }
            throw new AssertionError("there is no session");
        }
    }

    AppNode app() {
        return new AppNode(2);
    }

    FakeNode node(int index) {
        return nodes.get(index);
    }

    /** What a memcached node holds; {@code null}: nothing. */
    @Nullable
    SessionRecord recordOn(int index) {
        byte[] value = copyOn(index).map(Copy::value).orElse(null);
        try {
            return value == null ? null : SessionRecord.parse(value);
        } catch (RecordException e) {
            throw new AssertionError(e);
        }
    }

    SessionRecord mustHave(int index) {
        SessionRecord record = recordOn(index);
        if (record == null) {
            throw new AssertionError(node(index).id() + " has no copy");
        }
        return record;
    }

    Optional<Copy> copyOn(int index) {
        try {
            return node(index)
                    .fetch("app:" + key, true, MemcachedNode.NO_RENEWAL)
                    .await();
        } catch (NodeException e) {
            throw new AssertionError(e);
        }
    }

    long remainingOn(int index) {
        return copyOn(index).orElseThrow().remainingSeconds();
    }

    void forget(int index) {
        node(index).evictAll();
    }
}
