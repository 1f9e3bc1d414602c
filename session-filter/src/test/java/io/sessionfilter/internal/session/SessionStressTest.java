package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.session.AttributeHistory.Moments;
import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests of one session on one app node at once, in many short rounds: what they are told of its attributes and of its end, and what another app
 * node reads of it meanwhile, must be explained by some order of what they did. What the threads do follows from the seed; when they do it does not.
 */
class SessionStressTest {
    private static final int THREADS = 4;
    private static final int CALLS = 8;
    private static final int ROUNDS = 800;
    private static final List<String> NAMES = List.of("a", "b");

    @ParameterizedTest(name = "seed {0}, {1} memcached nodes")
    @CsvSource({"1, 1", "2, 2", "3, 1", "4, 2"})
    void whatParallelRequestsAreToldIsExplainedBySomeOrder(long seed, int memcachedNodes) throws Exception {
        TestCluster cluster = new TestCluster(memcachedNodes);
        cluster.time.whenPaused(LockSupport::parkNanos);
        AppNode first = cluster.nonSticky("jvm1");
        // With an application that listens, each change tells what it has replaced, also what nobody had decoded.
        AppNode here = cluster.observed("jvm2", TestObserver.ofAttributes());
        AppNode elsewhere = cluster.nonSticky("jvm3");
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Random random = new Random(seed * ROUNDS + round);
                new Round(first, here, elsewhere, random).run(threads, "round " + round);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** One session, used by all threads at once until each has made its calls. */
    private static final class Round {
        private final AppNode here;
        private final AppNode elsewhere;
        private final Random random;
        private final SessionId id;

        /** What clients are told: a key that a session gets while it is being ended is never anybody's. */
        private final AtomicReference<SessionId> told;

        private final Moments moments = new Moments();
        private final Map<String, AttributeHistory> histories = new LinkedHashMap<>();

        Round(AppNode first, AppNode here, AppNode elsewhere, Random random) {
            this.here = here;
            this.elsewhere = elsewhere;
            this.random = random;
            SessionUse session = first.manager.create(-1); // the clock runs while they wait for each other
            session.setAttribute("before", "x");
            for (String name : NAMES) {
                String value = random.nextBoolean() ? name + " before" : null;
                histories.put(name, new AttributeHistory(value));
                if (value != null) {
                    session.setAttribute(name, value);
                }
            }
            session.commit();
            id = session.id();
            told = new AtomicReference<>(id);
        }

        void run(ExecutorService threads, String description) throws Exception {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            int ending = random.nextInt(3 * THREADS); // most sessions do not end
            List<Callable<@Nullable Void>> work = new ArrayList<>();
            SessionUse last = here.open(id);
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                Random own = new Random(random.nextLong());
                SessionUse session = here.open(id);
                int endAt = number == ending ? own.nextInt(CALLS) : CALLS;
                work.add(() -> {
                    start.await(60, TimeUnit.SECONDS);
                    use(session, own, number, endAt);
                    session.active(false);
                    return null;
                });
            }
            for (Future<@Nullable Void> done : threads.invokeAll(work)) {
                done.get(60, TimeUnit.SECONDS);
            }
            lookAgain(last);

            histories.forEach((name, history) -> assertThat(history.unexplained())
                    .as("%s, attribute %s", description, name)
                    .isNull());
        }

        private void use(SessionUse session, Random own, int thread, int endAt) {
            for (int call = 0; call < CALLS; call++) {
                String name = NAMES.get(own.nextInt(NAMES.size()));
                if (call == endAt) {
                    invalidate(session);
                    continue;
                }
                switch (own.nextInt(14)) {
                    case 0, 1, 2 -> change(session, name, thread + "-" + call);
                    case 3, 4 -> change(session, name, null);
                    case 5, 6 -> get(session, name);
                    case 7, 8, 9 -> names(session);
                    case 10, 11 -> {
                        commit(session);
                        readElsewhere(told.get());
                    }
                    case 12 -> readElsewhere(told.get());
                    default -> changeKey(session);
                }
                for (int i = own.nextInt(300); i > 0; i--) {
                    Thread.onSpinWait();
                }
            }
        }

        /** When all is done, what is stored must be what was the last, under the last of its keys. */
        private void lookAgain(SessionUse last) {
            commit(last);
            NAMES.forEach(name -> get(last, name));
            names(last);
            readElsewhere(last.id());
            boolean found = elsewhere.manager.open(last.id()) instanceof Opened.Live;
            assertThat(found).as("found elsewhere in the end").isEqualTo(last.isValid());
            last.active(false);
        }

        private AttributeHistory history(String name) {
            return Objects.requireNonNull(histories.get(name));
        }

        private void get(SessionUse session, String name) {
            long begin = moments.next();
            try {
                String value = (String) session.attribute(name);
                history(name).got(value, begin, moments.next());
            } catch (IllegalStateException e) {
                history(name).refused("get", begin, moments.next());
            }
        }

        private void names(SessionUse session) {
            long begin = moments.next();
            try {
                List<String> names = session.attributeNames();
                long end = moments.next();
                histories.forEach((name, history) -> history.named(names.contains(name), begin, end));
            } catch (IllegalStateException e) {
                refused("names", begin);
            }
        }

        private void change(SessionUse session, String name, @Nullable String value) {
            long begin = moments.next();
            try {
                Object before = value == null ? session.removeAttribute(name) : session.setAttribute(name, value);
                history(name).changed(value, (String) before, begin, moments.next());
            } catch (IllegalStateException e) {
                history(name).refused("change", begin, moments.next());
            }
        }

        private void commit(SessionUse session) {
            long begin = moments.next();
            Commit done = session.commit();
            long end = moments.next();
            if (done == Commit.ENDED) {
                histories.values().forEach(history -> history.refused("commit", begin, end));
            } else {
                assertThat(done).isIn(Commit.STORED, Commit.NOTHING);
                histories.values().forEach(history -> history.saved(begin, end));
            }
        }

        private void changeKey(SessionUse session) {
            long begin = moments.next();
            try {
                session.changeKey();
                SessionId changed = session.id();
                if (session.isValid()) {
                    told.set(changed);
                }
                long end = moments.next();
                histories.values().forEach(history -> history.keyChanged(begin, end));
            } catch (IllegalStateException e) {
                refused("change key", begin);
            }
        }

        private void invalidate(SessionUse session) {
            long begin = moments.next();
            session.invalidate();
            long end = moments.next();
            histories.values().forEach(history -> history.invalidated(begin, end));
        }

        private void refused(String what, long begin) {
            long end = moments.next();
            histories.values().forEach(history -> history.refused(what, begin, end));
        }

        /** Nothing is learned of a key that another thread has changed meanwhile, nor of a session that it has found ended. */
        private void readElsewhere(SessionId current) {
            long begin = moments.next();
            if (elsewhere.manager.open(current) instanceof Opened.Live live) {
                Map<String, @Nullable String> found = new LinkedHashMap<>();
                try {
                    NAMES.forEach(
                            name -> found.put(name, (String) live.session().attribute(name)));
                } catch (IllegalStateException e) {
                    found.clear();
                }
                live.session().active(false);
                long end = moments.next();
                found.forEach((name, value) -> history(name).foundElsewhere(value, begin, end));
            }
        }
    }
}
