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

    /** What an app node has that others have not. */
    static final class Setup {
        private boolean sticky;
        private @Nullable Pattern storedNames;
        private SessionObserver observer = SessionObserver.NONE;
        private @Nullable AsyncSaves asyncSaves;
        private AttributeCoding.Options options = AttributeCoding.Options.PRODUCTION;
        private @Nullable ValueCoding values;
        private Map<String, AttributeMerger> mergers = Map.of();
        private boolean nearCache = true;
        private @Nullable Duration touchInterval;

        Setup sticky() {
            sticky = true;
            return this;
        }

        Setup storing(Pattern names) {
            storedNames = names;
            return this;
        }

        Setup comparing(ComparedValues compared) {
            options = new AttributeCoding.Options(false, false, compared);
            return this;
        }

        Setup merging(Map<String, AttributeMerger> attributes) {
            mergers = attributes;
            return this;
        }

        Setup withoutNearCache() {
            nearCache = false;
            return this;
        }

        Setup touchingEach(Duration interval) {
            touchInterval = interval;
            return this;
        }
    }

    /** One app node: its own near-cache, counters and codec. */
    final class AppNode {
        final Metrics metrics = new Metrics();
        final TestCodec codec = new TestCodec();
        final NearCache nearCache;
        final ReplicatedStore store;
        final StoredSessionManager manager;

        AppNode(@Nullable String route, boolean sticky, @Nullable Pattern storedNames) {
            this(route, sticky, storedNames, SessionObserver.NONE);
        }

        AppNode(@Nullable String route, boolean sticky, @Nullable Pattern storedNames, SessionObserver observer) {
            this(route, setup(sticky, storedNames, observer));
        }

        /** With sessionBackupAsync=true. */
        AppNode(AsyncSaves asyncSaves) {
            this("jvm1", saving(asyncSaves));
        }

        /** One that tells its application more. */
        AppNode(String route, AttributeCoding.Options options) {
            this(route, telling(options));
        }

        /** One with other codecs. */
        AppNode(String route, ValueCoding values) {
            this(route, coding(values));
        }

        AppNode(@Nullable String route, Setup setup) {
            TimeToLive timeToLive = new TimeToLive(Duration.ofMillis(500), setup.touchInterval);
            nearCache = setup.nearCache ? new NearCache(10_000_000, time) : NearCache.off(10_000_000, time);
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
                    setup.values == null ? ValueCoding.by(codec) : setup.values,
                    value -> value instanceof String,
                    setup.storedNames,
                    setup.mergers,
                    setup.options,
                    metrics,
                    setup.observer);
            manager = new StoredSessionManager(
                    store,
                    nearCache,
                    coding,
                    new TrustPolicy(setup.sticky, route, VALIDATE_AFTER),
                    timeToLive,
                    setup.asyncSaves,
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

    private static Setup setup(boolean sticky, @Nullable Pattern storedNames, SessionObserver observer) {
        Setup setup = new Setup();
        setup.sticky = sticky;
        setup.storedNames = storedNames;
        setup.observer = observer;
        return setup;
    }

    private static Setup saving(AsyncSaves asyncSaves) {
        Setup setup = new Setup().sticky();
        setup.asyncSaves = asyncSaves;
        return setup;
    }

    private static Setup telling(AttributeCoding.Options options) {
        Setup setup = new Setup();
        setup.options = options;
        return setup;
    }

    private static Setup coding(ValueCoding values) {
        Setup setup = new Setup();
        setup.values = values;
        return setup;
    }

    AppNode with(String route, Setup setup) {
        return new AppNode(route, setup);
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
