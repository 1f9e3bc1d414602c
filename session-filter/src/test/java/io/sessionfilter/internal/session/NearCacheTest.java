package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NearCacheTest {
    private final TestCluster cluster = new TestCluster();

    @Test
    void aTrustedReadCostsNoIo() {
        AppNode one = cluster.sticky("jvm1");
        SessionId id = one.createSession("a", "0");
        int before = cluster.memcached.operations;

        assertThat(one.read(id, "a")).isEqualTo("0");
        one.open(id).commit();

        assertThat(cluster.memcached.operations).isEqualTo(before);
    }

    @Test
    void afterValidateAfterAReadCostsOneSmallCommand() {
        AppNode one = cluster.sticky("jvm1");
        SessionId id = one.createSession("a", "0");
        int operations = cluster.memcached.operations;
        int values = cluster.memcached.values;
        cluster.time.advance(TestCluster.VALIDATE_AFTER);

        assertThat(one.read(id, "a")).isEqualTo("0");
        one.read(id, "a");

        assertThat(cluster.memcached.operations).isEqualTo(operations + 1);
        assertThat(cluster.memcached.values).isEqualTo(values);
    }

    @Test
    void anIdWithAnotherRouteIsAlwaysValidated() {
        AppNode one = cluster.sticky("jvm1");
        AppNode two = cluster.sticky("jvm2");
        SessionId id = one.createSession("a", "0");
        SessionId moved = two.open(id).id();
        two.write(moved, "a", "1");

        assertThat(one.read(moved, "a")).as("routed elsewhere in between").isEqualTo("1");
    }

    @Test
    void anAppNodeWithoutARouteNeverTrusts() {
        AppNode one = cluster.sticky(null);
        SessionId id = one.createSession("a", "0");
        int before = cluster.memcached.operations;

        one.read(id, "a");
        one.read(id, "a");

        assertThat(cluster.memcached.operations).isEqualTo(before + 2);
    }

    @Test
    void nonStickyReadsSeeEveryForeignWriteAtOnce() {
        AppNode one = cluster.nonSticky("jvm1");
        AppNode two = cluster.nonSticky("jvm2");
        SessionId id = one.createSession("a", "0");
        for (int i = 1; i < 10; i++) {
            (i % 2 == 0 ? one : two).write(id, "a", "" + i);
            assertThat((i % 2 == 0 ? two : one).read(id, "a")).isEqualTo("" + i);
        }
    }

    @Test
    void evictedSessionsAreReadAgainAndThoseInUseAreStillShared() {
        NearCache nearCache = new NearCache(10_000, cluster.time);
        AttributeCoding coding = new AttributeCoding(new TestCodec(), value -> true, null, new Metrics());
        Session held = Session.create("held", 60, coding, 0, cluster.time.nanos());
        nearCache.putIfAbsent("held", held);

        for (int i = 0; i < 1000; i++) {
            String key = "key" + i;
            nearCache.putIfAbsent(key, Session.create(key, 60, coding, 0, cluster.time.nanos()));
        }

        assertThat(nearCache.size()).isLessThan(20);
        assertThat(nearCache.bytes()).isBetween(1L, 10_000L);
        assertThat(nearCache.evictions()).isEqualTo(1001 - nearCache.size());
        assertThat(nearCache.find("held")).isSameAs(held);
    }

    @Test
    void sessionsThatGrowElsewhereAreWeighedAnew() {
        AppNode one = cluster.nonSticky("jvm1");
        AppNode two = cluster.nonSticky("jvm2");
        for (int i = 0; i < 15; i++) {
            SessionId id = one.createSession("a", "0");
            two.open(id);
            one.write(id, "a", "x".repeat(1_000_000));
            two.open(id);
        }

        assertThat(two.nearCache.size()).as("of 2 MB each, in 10 MB").isLessThan(6);
    }

    @Test
    void idleSessionsLeaveMemoryAfterTheirTimeout() {
        NearCache nearCache = new NearCache(10_000, cluster.time);
        AttributeCoding coding = new AttributeCoding(new TestCodec(), value -> true, null, new Metrics());
        nearCache.putIfAbsent("key", Session.create("key", 60, coding, 0, cluster.time.nanos()));

        cluster.time.advance(Duration.ofSeconds(121));
        nearCache.putIfAbsent("other", Session.create("other", 60, coding, 0, cluster.time.nanos()));

        assertThat(nearCache.size()).isEqualTo(1);
        assertThat(nearCache.evictions()).as("for want of room").isZero();
    }
}
