package io.sessionfilter.internal.session;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.store.FakeNode;
import io.sessionfilter.internal.store.ReplicatedStore;
import io.sessionfilter.internal.store.Ring;
import io.sessionfilter.internal.store.TimeToLive;
import io.sessionfilter.internal.time.FakeTime;
import io.sessionfilter.internal.time.ManualExecutor;
import io.sessionfilter.merge.AttributeMerger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** App nodes over one memcached node, or two copies on several, with one clock that the test turns. */
final class TestCluster {
    static final Duration VALIDATE_AFTER = Duration.ofSeconds(1);
    static final int TIMEOUT_SECONDS = 1800;
    static final int RESYNC_PER_SECOND = 10;

    final FakeTime time = new FakeTime();
    final List<FakeNode> nodes;

    /** The first of them. */
    final FakeNode memcached;

    /** Debts are paid when a test says so. */
    final ManualExecutor executor = new ManualExecutor();

    private final Random random = new Random(1);

    TestCluster() {
        this(1);
    }

    TestCluster(int nodeCount) {
        nodes = IntStream.rangeClosed(1, nodeCount)
                .mapToObj(i -> new FakeNode("n" + i, time))
                .toList();
        memcached = nodes.get(0);
    }

    /** One app node: its own near-cache, counters and codec. */
    final class AppNode {
        final Metrics metrics = new Metrics();
        final TestCodec codec = new TestCodec();
        final NearCache nearCache = new NearCache(10_000_000, time);
        final ReplicatedStore store;
        final StoredSessionManager manager;

        AppNode(@Nullable String route, boolean sticky, @Nullable Pattern storedNames) {
            this(route, sticky, storedNames, SessionObserver.NONE);
        }

        AppNode(@Nullable String route, boolean sticky, @Nullable Pattern storedNames, SessionObserver observer) {
            this(route, sticky, storedNames, observer, null, AttributeCoding.Options.PRODUCTION, null, Map.of());
        }

        /** With sessionBackupAsync=true. */
        AppNode(AsyncSaves asyncSaves) {
            this(
                    "jvm1",
                    true,
                    null,
                    SessionObserver.NONE,
                    asyncSaves,
                    AttributeCoding.Options.PRODUCTION,
                    null,
                    Map.of());
        }

        /** One that tells its application more. */
        AppNode(String route, AttributeCoding.Options options) {
            this(route, false, null, SessionObserver.NONE, null, options, null, Map.of());
        }

        /** One with other codecs. */
        AppNode(String route, ValueCoding values) {
            this(route, false, null, SessionObserver.NONE, null, AttributeCoding.Options.PRODUCTION, values, Map.of());
        }

        /** One whose application merges. */
        AppNode(String route, Map<String, AttributeMerger> mergers) {
            this(route, false, null, SessionObserver.NONE, null, AttributeCoding.Options.PRODUCTION, null, mergers);
        }

        private AppNode(
                @Nullable String route,
                boolean sticky,
                @Nullable Pattern storedNames,
                SessionObserver observer,
                @Nullable AsyncSaves asyncSaves,
                AttributeCoding.Options options,
                @Nullable ValueCoding values,
                Map<String, AttributeMerger> mergers) {
            TimeToLive timeToLive = new TimeToLive(Duration.ofMillis(500));
            store = new ReplicatedStore(
                    new Ring(nodes),
                    new ReplicatedStore.Settings(
                            Math.min(2, nodes.size()), Set.of(), "app:", timeToLive, VALIDATE_AFTER, 1000),
                    time,
                    random,
                    random::nextLong,
                    executor,
                    metrics);
            AttributeCoding coding = new AttributeCoding(
                    values == null ? ValueCoding.by(codec) : values,
                    value -> value instanceof String,
                    storedNames,
                    mergers,
                    options,
                    metrics,
                    observer);
            manager = new StoredSessionManager(
                    store,
                    nearCache,
                    coding,
                    new TrustPolicy(sticky, route, VALIDATE_AFTER),
                    timeToLive,
                    asyncSaves,
                    RESYNC_PER_SECOND,
                    time,
                    executor,
                    metrics);
        }

        /** A new session with an attribute, stored. */
        SessionId createSession(String name, Object value) {
            SessionUse session = manager.create(TIMEOUT_SECONDS);
            session.setAttribute(name, value);
            session.commit();
            session.active(false);
            return session.id();
        }

        SessionUse open(SessionId id) {
            SessionManager.Opened opened = manager.open(id);
            if (opened instanceof SessionManager.Opened.Live live) {
                return live.session();
            }
            throw new AssertionError("session " + id + " is not there: " + opened);
        }

        @Nullable
        Object read(SessionId id, String name) {
            SessionUse session = open(id);
            Object value = session.attribute(name);
            session.active(false);
            return value;
        }

        SessionUse.Commit write(SessionId id, String name, Object value) {
            SessionUse session = open(id);
            session.setAttribute(name, value);
            SessionUse.Commit commit = session.commit();
            session.active(false);
            return commit;
        }
    }

    AppNode sticky(@Nullable String route) {
        return new AppNode(route, true, null);
    }

    /** One whose application has listeners. */
    AppNode observed(String route, SessionObserver observer) {
        return new AppNode(route, false, null, observer);
    }

    /** The first memcached node of a session: it decides. */
    FakeNode node(SessionId id) {
        return nodes.stream()
                .filter(node -> node.id().toString().equals(id.node()))
                .findAny()
                .orElseThrow();
    }

    AppNode nonSticky(String route) {
        return new AppNode(route, false, null);
    }
}
