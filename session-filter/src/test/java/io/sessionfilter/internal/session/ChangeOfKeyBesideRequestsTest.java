package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.store.FakeNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Requests of the same app node that meet a change of key half-way: the old key has its tombstone, and the session not yet its new key. */
class ChangeOfKeyBesideRequestsTest {
    /** Who loses a race pauses too, but for less. */
    private static final long SHORTEST_WAIT_NANOS = 1_000_000;

    private final TestCluster cluster = new TestCluster();
    private final AppNode one = cluster.nonSticky("jvm1");
    private final AppNode two = cluster.nonSticky("jvm2");
    private final SessionId id = one.createSession("a", "0");
    private final SessionUse changing = one.open(id);

    /** Runs when the old key has been ended, before that is answered. */
    private void halfWay(Runnable action) {
        cluster.memcached.answerNext(() -> {}); // the copy under the new key
        cluster.memcached.answerNext(action);
    }

    /** What another thread does, begun half-way, which has to wait there for the change of key. */
    private <T> CompletableFuture<T> waitingHalfWay(Supplier<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        halfWay(() -> {
            Thread other = new Thread(
                    () -> {
                        cluster.time.whenPaused(nanos -> {
                            if (nanos >= SHORTEST_WAIT_NANOS) {
                                waits.countDown();
                                await(changed);
                            }
                        });
                        result.complete(action.get());
                    },
                    "beside");
            other.start();
            await(waits);
        });
        changing.changeKey();
        changed.countDown();
        return result;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRequestThatAsksForTheOldKeyDoesNotEndTheSession() {
        AtomicReference<Opened> beside = new AtomicReference<>();
        halfWay(() -> beside.set(one.manager.open(id)));

        changing.changeKey();

        assertThat(beside.get()).as("the old key is dead").isInstanceOf(Opened.Absent.class);
        assertThat(changing.isValid()).isTrue();
        assertThat(one.read(changing.id(), "a")).isEqualTo("0");
        assertThat(two.read(changing.id(), "a")).isEqualTo("0");
    }

    @Test
    void aChangeInPlaceSurvivesACopyThatWasGivenUp() {
        TestCluster twoCopies = new TestCluster(2);
        AppNode here = twoCopies.nonSticky("jvm1");
        AppNode there = twoCopies.nonSticky("jvm2");
        SessionId old = here.createSession("list", new ArrayList<>(List.of("0")));
        SessionUse session = here.open(old);
        list(session).add("1");
        AtomicInteger copies = new AtomicInteger();
        for (FakeNode node : twoCopies.nodes) {
            node.interruptNext(() -> {
                if (copies.incrementAndGet() == 2) {
                    there.write(old, "b", "x"); // so that the copy is given up
                    node.loseNextAnswer(); // and is found to have arrived before
                }
            });
        }

        session.changeKey();

        assertThat(session.commit()).isIn(Commit.STORED, Commit.NOTHING);
        assertThat(list(there.open(session.id()))).containsExactly("0", "1");
        assertThat(there.read(session.id(), "b")).isEqualTo("x");
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(SessionUse session) {
        return (List<String>) session.attribute("list");
    }

    @Test
    void aRequestThatRenewsTheOldKeyDoesNotEndTheSession() {
        cluster.time.advance(Duration.ofSeconds(TestCluster.TIMEOUT_SECONDS / 2));
        AtomicReference<Boolean> alive = new AtomicReference<>();
        halfWay(() -> alive.set(one.manager.keepAlive(id.key())));

        changing.changeKey();

        assertThat(alive.get()).isTrue();
        assertThat(changing.isValid()).isTrue();
        assertThat(one.read(changing.id(), "a")).isEqualTo("0");
    }

    @Test
    void aCommitIsMadeUnderTheNewKey() throws Exception {
        SessionUse parallel = one.open(id);

        CompletableFuture<Commit> commit = waitingHalfWay(() -> {
            parallel.setAttribute("b", "1");
            return parallel.commit();
        });

        assertThat(commit.get(20, TimeUnit.SECONDS)).isEqualTo(Commit.STORED);
        assertThat(changing.isValid()).isTrue();
        assertThat(two.read(changing.id(), "b")).isEqualTo("1");
    }

    @Test
    void aCommitWithinTheChangeItselfIsKeptForLaterAndDoesNotWait() {
        AtomicReference<Commit> commit = new AtomicReference<>();
        halfWay(() -> {
            changing.setAttribute("b", "1");
            commit.set(changing.commit());
        });

        changing.changeKey();

        assertThat(commit.get()).isEqualTo(Commit.LOCAL);
        assertThat(changing.isValid()).isTrue();
        assertThat(changing.commit()).isEqualTo(Commit.STORED);
        assertThat(two.read(changing.id(), "b")).isEqualTo("1");
    }

    @Test
    void aChangeOfKeyWithinAChangeOfKeyIsRefused() {
        halfWay(() -> assertThatIllegalStateException().isThrownBy(changing::changeKey));

        changing.changeKey();

        assertThat(two.read(changing.id(), "a")).isEqualTo("0");
    }
}
