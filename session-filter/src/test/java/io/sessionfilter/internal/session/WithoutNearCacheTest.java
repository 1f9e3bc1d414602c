package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.session.TestCluster.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An app node that keeps no sessions between requests ({@code nearCache=off}). */
class WithoutNearCacheTest {
    private final TestCluster cluster = new TestCluster();
    private final AppNode node = cluster.with("jvm1", new Setup().sticky().withoutNearCache());
    private final AppNode other = cluster.nonSticky("jvm2");

    @Test
    void nothingIsKeptOnceARequestIsOver() {
        SessionId id = node.createSession("a", "1");
        assertThat(node.nearCache.size()).isZero();

        SessionUse session = node.open(id);
        assertThat(session.attribute("a")).isEqualTo("1");
        assertThat(node.nearCache.size()).isEqualTo(1);
        session.active(false);

        assertThat(node.nearCache.size()).isZero();
    }

    @Test
    void aChangeOnAnotherAppNodeIsSeenAtOnceThoughSessionsAreSticky() {
        SessionId id = node.createSession("a", "1");
        assertThat(node.read(id, "a")).isEqualTo("1");

        other.write(id, "a", "2");

        assertThat(node.read(id, "a")).isEqualTo("2");
    }

    @Test
    @SuppressWarnings("unchecked")
    void parallelRequestsShareOneSession() {
        SessionId id = node.createSession("list", new ArrayList<>(List.of("1")));
        SessionUse first = node.open(id);
        SessionUse second = node.open(id);

        assertThat(first.session()).isSameAs(second.session());
        ((List<String>) first.attribute("list")).add("2");
        ((List<String>) second.attribute("list")).add("3");
        first.commit();
        first.active(false);
        assertThat(node.open(id).session()).isSameAs(second.session());
        second.commit();

        assertThat((List<String>) other.read(id, "list")).containsExactly("1", "2", "3");
    }

    @Test
    void whoKeepsASessionBeyondItsRequestSharesItWithLaterOnes() {
        SessionId id = node.createSession("a", "1");
        SessionUse kept = node.open(id);
        kept.active(false);

        assertThat(node.open(id).session()).isSameAs(kept.session());
    }

    @Test
    void aSessionThatCouldNotBeSavedIsKeptUntilItIs() {
        SessionId id = node.createSession("a", "1");
        SessionUse session = node.open(id);
        cluster.memcached.goDown();
        session.setAttribute("a", "2");
        assertThat(session.commit()).isEqualTo(Commit.LOCAL);
        session.active(false);
        assertThat(node.nearCache.size()).isEqualTo(1);
        assertThat(node.read(id, "a")).as("during the outage").isEqualTo("2");

        cluster.memcached.comeBack();
        cluster.time.advance(Duration.ofSeconds(2));
        node.manager.saveUnsaved();

        assertThat(other.read(id, "a")).isEqualTo("2");
        assertThat(node.nearCache.size()).isZero();
    }

    @Test
    void anAttributeThatIsNotToBeStoredIsKept() {
        AppNode storing = cluster.with("jvm3", new Setup().withoutNearCache().storing(Pattern.compile("stored.*")));
        SessionId id = storing.createSession("local", "1");

        assertThat(storing.nearCache.size()).isEqualTo(1);
        assertThat(storing.read(id, "local")).isEqualTo("1");
    }

    @Test
    void requestsThatDoNotAskForTheirSessionRenewItOncePerIntervalWithoutLoadingIt() {
        SessionId id = node.createSession("a", "1");
        node.nearCache.clear(); // as by the garbage collector
        int operations = cluster.memcached.operations;

        for (int second = 0; second < 59; second++) {
            cluster.time.advance(Duration.ofSeconds(1));
            assertThat(node.manager.keepAlive(id.key())).isTrue();
        }
        assertThat(cluster.memcached.operations).isEqualTo(operations);

        cluster.time.advance(Duration.ofSeconds(1));
        assertThat(node.manager.keepAlive(id.key())).isTrue();
        assertThat(cluster.memcached.operations).isGreaterThan(operations);
        assertThat(node.nearCache.size()).isZero();
    }

    @Test
    void aSessionThatIsOnlyKeptAliveDoesNotExpire() {
        SessionId id = node.createSession("a", "1");

        for (int minute = 0; minute < 60; minute++) {
            cluster.time.advance(Duration.ofMinutes(1));
            node.nearCache.clear(); // as by the garbage collector
            assertThat(node.manager.keepAlive(id.key())).isTrue();
        }

        assertThat(other.read(id, "a")).isEqualTo("1");
    }

    @Test
    void anEndedSessionIsNotKeptAlive() {
        SessionId id = node.createSession("a", "1");
        SessionUse session = node.open(id);
        session.invalidate();
        session.active(false);

        assertThat(node.manager.keepAlive(id.key())).isFalse();
    }
}
