package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.session.TestObserver.Bound;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is decoded and told when values are replaced, removed, or end with their session. */
class EndOfSessionTest {
    private final TestCluster cluster = new TestCluster();

    private static SessionId store(AppNode node, Object... values) {
        SessionUse session = node.manager.create(TestCluster.TIMEOUT_SECONDS);
        for (int i = 0; i < values.length; i++) {
            session.setAttribute("v" + i, values[i]);
        }
        session.commit();
        session.active(false);
        return session.id();
    }

    @Test
    void anInvalidatedSessionIsToldOfWhileItsAttributesCanBeRead() {
        TestObserver observer = TestObserver.ofSessions();
        AppNode node = cluster.observed("jvm1", observer);
        SessionUse session = node.open(store(node, "0", new Bound("value")));
        observer.whenDestroyed = ending -> {
            assertThat(ending.attribute("v0")).isEqualTo("0");
            assertThat(session.attribute("v0")).as("to others too").isEqualTo("0");
            assertThat(node.manager.open(session.id())).isInstanceOf(SessionManager.Opened.Absent.class);
            session.invalidate();
        };

        session.invalidate();

        assertThat(observer.ends()).containsExactly("destroyed [v0, v1]", "unbound v0=0", "unbound v1=value");
        assertThat(session.isValid()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> session.attribute("v0"));
        assertThatIllegalStateException().isThrownBy(session::invalidate);
    }

    @Test
    void theTombstoneIsThereBeforeListenersAreCalled() {
        TestObserver observer = TestObserver.ofSessions();
        AppNode node = cluster.observed("jvm1", observer);
        AppNode other = cluster.nonSticky("jvm2");
        SessionUse session = node.open(store(node, "0"));
        observer.whenDestroyed =
                ending -> assertThat(other.manager.open(session.id())).isInstanceOf(SessionManager.Opened.Absent.class);

        session.invalidate();

        assertThat(observer.ends()).hasSize(1);
    }

    @Test
    void whatOneRequestFindsEndedIsNotTrustedByTheNext() {
        TestCluster cluster = new TestCluster();
        AppNode trusting = cluster.sticky("jvm1");
        AppNode other = cluster.nonSticky("jvm2");
        SessionId id = other.createSession("a", "0");
        SessionId here = new SessionId(id.key(), id.node(), "jvm1");
        cluster.memcached.interruptNext(() -> {
            trusting.open(here);
            other.open(id).invalidate();
        });

        assertThat(trusting.manager.open(here)).isInstanceOf(SessionManager.Opened.Absent.class);
        assertThat(trusting.manager.open(here)).isInstanceOf(SessionManager.Opened.Absent.class);
    }

    @Test
    void anEndingSessionGetsNoNewKey() {
        TestObserver observer = TestObserver.ofSessions();
        AppNode node = cluster.observed("jvm1", observer);
        SessionUse session = node.open(store(node, "0"));
        observer.whenDestroyed = ending -> assertThatIllegalStateException().isThrownBy(ending::changeKey);

        session.invalidate();

        assertThat(observer.ends()).hasSize(1);
    }

    @Test
    void nothingIsDecodedWhereNobodyWantsToHear() {
        AppNode writer = cluster.nonSticky("jvm1");
        AppNode node = cluster.nonSticky("jvm2");
        SessionUse session = node.open(store(writer, "0", new Bound("value"), "2"));

        assertThat(session.setAttribute("v0", "1")).isNull();
        assertThat(session.removeAttribute("v1")).isNull();
        session.invalidate();

        assertThat(node.codec.decoded).hasValue(0);
    }

    @Test
    void onlyValuesThatWantToHearAreDecodedForTheirUnbinding() {
        TestObserver observer = TestObserver.ofNothingButValues();
        AppNode writer = cluster.observed("jvm1", TestObserver.ofNothingButValues());
        AppNode node = cluster.observed("jvm2", observer);
        SessionUse session = node.open(store(writer, "0", new Bound("1"), "2", new Bound("3"), "4", new Bound("5")));

        assertThat(session.setAttribute("v0", "new")).isNull();
        assertThat(session.setAttribute("v1", "new")).hasToString("1");
        assertThat(session.removeAttribute("v2")).isNull();
        assertThat(session.removeAttribute("v3")).hasToString("3");
        assertThat(node.codec.decoded).hasValue(2);
        session.invalidate();

        assertThat(node.codec.decoded).hasValue(3);
        assertThat(observer.ends()).containsExactly("unbound v0=new", "unbound v1=new", "unbound v5=5");
    }

    @Test
    void attributeListenersGetTheOldValueWhateverItIs() {
        AppNode writer = cluster.nonSticky("jvm1");
        TestObserver observer = TestObserver.ofAttributes();
        AppNode node = cluster.observed("jvm2", observer);
        SessionUse session = node.open(store(writer, "0", "1", "2"));

        assertThat(session.setAttribute("v0", "new")).isEqualTo("0");
        assertThat(session.setAttribute("v0", "newer")).isEqualTo("new");
        assertThat(session.removeAttribute("v1")).isEqualTo("1");
        assertThat(session.removeAttribute("v1")).isNull();
        assertThat(session.setAttribute("v1", "again")).isNull();
        session.invalidate();

        assertThat(observer.ends()).containsExactly("unbound v0=newer", "unbound v1=again", "unbound v2=2");
    }

    @Test
    void anOldValueThatCannotBeReadIsNone() {
        AppNode writer = cluster.nonSticky("jvm1");
        TestObserver observer = TestObserver.ofAttributes();
        AppNode node = cluster.observed("jvm2", observer);
        SessionUse session = node.open(store(writer, "0", "1"));
        node.codec.broken = true;

        assertThat(session.setAttribute("v0", "new")).isNull();
        assertThat(session.removeAttribute("v1")).isNull();
    }

    /** Fails if the lock is taken out of {@code Attributes.set}, {@code remove} or {@code close}. */
    @Test
    void eachValueIsUnboundByExactlyOneOfAllThatRace() throws Exception {
        for (int round = 0; round < 300; round++) {
            TestObserver observer = TestObserver.ofSessions();
            AppNode node = cluster.observed("jvm1", observer);
            SessionUse session = node.open(store(node, new Bound("first")));
            List<String> unbound = new java.util.concurrent.CopyOnWriteArrayList<>();
            List<String> bound = new java.util.concurrent.CopyOnWriteArrayList<>(List.of("first"));
            CyclicBarrier start = new CyclicBarrier(4);
            List<CompletableFuture<Void>> racers = IntStream.range(0, 4)
                    .mapToObj(racer -> CompletableFuture.runAsync(() -> {
                        await(start);
                        try {
                            for (int i = 0; i < 4; i++) {
                                if (racer == 0) {
                                    session.invalidate();
                                } else if (racer == 1) {
                                    note(unbound, session.removeAttribute("v0"));
                                } else {
                                    Bound value = new Bound(racer + "." + i);
                                    Object before = session.setAttribute("v0", value);
                                    bound.add(value.name);
                                    note(unbound, before);
                                }
                            }
                        } catch (IllegalStateException e) {
                            // The session has ended; what was not bound is not unbound.
                        }
                    }))
                    .toList();
            racers.forEach(CompletableFuture::join);

            observer.ends().stream()
                    .filter(event -> event.startsWith("unbound"))
                    .forEach(event -> unbound.add(event.replace("unbound v0=", "")));
            assertThat(unbound).containsExactlyInAnyOrderElementsOf(bound);
        }
    }

    @Test
    void anEndIsToldOfOnceWhenInvalidationRacesWithExpiry() {
        for (int round = 0; round < 200; round++) {
            TestObserver observer = TestObserver.ofSessions();
            AppNode node = cluster.observed("jvm1", observer);
            SessionUse kept = node.open(store(node, new Bound("value")));
            kept.active(false);
            cluster.time.advance(Duration.ofSeconds(TestCluster.TIMEOUT_SECONDS + 1));
            CyclicBarrier start = new CyclicBarrier(2);
            CompletableFuture<Void> expiry = CompletableFuture.runAsync(() -> {
                await(start);
                node.manager.reap();
            });
            await(start);
            try {
                kept.invalidate();
            } catch (IllegalStateException e) {
                // It has expired.
            }
            expiry.join();
            node.manager.reap();

            assertThat(observer.ends()).containsExactly("destroyed [v0]", "unbound v0=value");
        }
    }

    private static void note(List<String> names, @org.jspecify.annotations.Nullable Object value) {
        if (value != null) {
            names.add(value.toString());
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
