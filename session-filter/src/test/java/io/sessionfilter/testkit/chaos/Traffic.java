package io.sessionfilter.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.simulation.FaultTable;
import io.sessionfilter.simulation.Recording;
import io.sessionfilter.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Users at work on applications, each with sessions of their own, until told to stop: they change attributes, lists in place, send several requests
 * at once, come late with an old cookie, log out and look whether they are.
 */
final class Traffic implements AutoCloseable {
    private static final int USERS_OF_EACH = 2;
    private static final int LONGEST_VISIT = 24;
    private static final int NAMES = 6;
    private static final int AT_ONCE = 3;
    private static final long PAUSE_NANOS = 20_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final Map<String, Recording> recordings = new LinkedHashMap<>();
    private final List<Thread> users = new ArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean stopped;

    private Traffic(Cluster cluster) {
        this.cluster = cluster;
    }

    static Traffic start(Cluster cluster, String... paths) {
        Traffic traffic = new Traffic(cluster);
        for (String path : paths) {
            Recording recording = new Recording("jvm", path.equals(Cluster.STICKY), Cluster.VALIDATE_AFTER);
            traffic.recordings.put(path, recording);
            for (int i = 0; i < USERS_OF_EACH; i++) {
                SplittableRandom random = new SplittableRandom(traffic.users.size());
                Thread user = new Thread(() -> traffic.use(path, recording, random), "user-" + i + path);
                traffic.users.add(user);
                user.start();
            }
        }
        return traffic;
    }

    private void use(String path, Recording recording, SplittableRandom random) {
        Visitor visitor = new Visitor(cluster, path, recording);
        try {
            while (!stopped) {
                session(path, visitor, random);
            }
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    private void session(String path, Visitor visitor, SplittableRandom random) {
        visitor.forget();
        count(visitor.begin(cluster.anyAppNode(random), name(random)));
        String first = visitor.cookie();
        if (first == null) {
            return; // the app node died before it could answer
        }
        for (int left = 5 + random.nextInt(LONGEST_VISIT - 5); left > 0 && !stopped; left--) {
            LockSupport.parkNanos(random.nextLong(PAUSE_NANOS));
            int appNode = path.equals(Cluster.STICKY) && random.nextInt(4) > 0 && cluster.serves(visitor.route())
                    ? visitor.route()
                    : cluster.anyAppNode(random);
            int chance = random.nextInt(100);
            if (chance < 40) {
                count(visitor.visit(appNode, name(random)));
            } else if (chance < 60) {
                count(visitor.visit(appNode, "log"));
            } else if (chance < 75) {
                atOnce(visitor, random);
            } else if (chance < 85) {
                count(visitor.visitWith(first, cluster.anyAppNode(random), name(random)));
            } else {
                count(visitor.visit(appNode));
            }
        }
        String last = visitor.cookie();
        if (last != null && random.nextInt(3) > 0) {
            count(visitor.visit(cluster.anyAppNode(random), "end"));
            count(visitor.visitWith(first, cluster.anyAppNode(random)));
            count(visitor.visitWith(last, cluster.anyAppNode(random)));
        }
    }

    /** Several requests with one cookie, each changing something else. */
    private void atOnce(Visitor visitor, SplittableRandom random) {
        List<CompletableFuture<Void>> requests = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            int appNode = cluster.anyAppNode(random);
            String attribute = "own" + (NAMES + i);
            requests.add(CompletableFuture.runAsync(() -> count(visitor.visit(appNode, attribute))));
        }
        requests.forEach(CompletableFuture::join);
    }

    private static String name(SplittableRandom random) {
        return "own" + random.nextInt(NAMES);
    }

    private void count(Optional<Reply> reply) {
        if (reply.isPresent()) {
            answered.incrementAndGet();
        } else {
            unanswered.incrementAndGet();
        }
    }

    /** Returns when so many requests more have been answered. */
    void awaitMore(int requests) {
        int enough = answered.get() + requests;
        Await.until(
                "another " + requests + " requests are answered",
                PATIENCE,
                () -> answered.get() >= enough || !failures.isEmpty());
    }

    int unanswered() {
        return unanswered.get();
    }

    /** Stops, looks at each session everywhere once more, and decides. */
    void check(String fault, FaultTable table) {
        stop();
        recordings.forEach((path, recording) -> {
            Visitor visitor = new Visitor(cluster, path, recording);
            for (String key : recording.keysOfLiveSessions()) {
                cluster.appNodes().forEach(appNode -> count(visitor.visitWith(key, appNode)));
            }
            table.count(fault, Cluster.memcachedNodesOf(path), recording.tally());
        });
        assertThat(failures).isEmpty();
        recordings.forEach((path, recording) ->
                assertThat(recording.violations()).as(path + " under " + fault).isEmpty());
    }

    private void stop() {
        stopped = true;
        for (Thread user : users) {
            try {
                user.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
