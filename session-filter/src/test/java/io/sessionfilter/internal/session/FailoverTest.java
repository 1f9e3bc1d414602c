package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.store.FakeNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two copies of each session, as the application sees them. */
class FailoverTest {
    private final TestCluster cluster = new TestCluster(2);
    private final AppNode one = cluster.nonSticky("jvm1");
    private final AppNode two = cluster.nonSticky("jvm2");

    private FakeNode firstOf(SessionId id) {
        return cluster.nodes.stream()
                .filter(node -> node.id().value().equals(id.node()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasSavedSurvivesTheDeathOfEitherMemcachedNodeOnEveryAppNode() {
        for (FakeNode victim : cluster.nodes) {
            SessionId id = one.createSession("draft", "0");
            two.read(id, "draft");
            assertThat(one.write(id, "draft", "1")).isEqualTo(Commit.STORED);

            victim.goDown();

            assertThat(two.read(id, "draft")).isEqualTo("1");
            assertThat(two.write(id, "draft", "2")).isEqualTo(Commit.STORED);
            assertThat(one.read(id, "draft")).isEqualTo("2");
            victim.comeBackEmpty();
        }
    }

    @Test
    void anAppNodeThatNeverSawTheSessionServesItFromTheOtherMemcachedNode() {
        SessionId id = one.createSession("draft", "1");
        firstOf(id).goDown();

        assertThat(two.read(id, "draft")).isEqualTo("1");
    }

    @Test
    void theIdNamesTheMemcachedNodeThatServes() {
        SessionId id = one.createSession("draft", "1");
        FakeNode first = firstOf(id);
        first.goDown();

        SessionId meanwhile = one.open(id).id();
        assertThat(meanwhile.key()).isEqualTo(id.key());
        assertThat(meanwhile.node()).isNotEqualTo(id.node());

        first.comeBack();
        assertThat(one.open(meanwhile).id()).isEqualTo(id);
    }

    @Test
    void anOldIdRollsNothingBackAfterTwoFailovers() {
        SessionId old = one.createSession("draft", "0");
        FakeNode first = firstOf(old);
        first.goDown();
        SessionUse session = one.open(old);
        session.setAttribute("draft", "1");
        session.commit();
        SessionId renamed = session.id();
        first.comeBack();
        two.write(renamed, "draft", "2");
        firstOf(renamed).goDown();

        assertThat(one.read(old, "draft")).isEqualTo("2");
        assertThat(two.read(old, "draft")).isEqualTo("2");
    }

    @Test
    void withAllMemcachedNodesDownRequestsGoOnAndAreSavedWhenOneIsBack() {
        SessionId id = one.createSession("draft", "0");
        cluster.nodes.forEach(FakeNode::goDown);
        assertThat(one.write(id, "draft", "1")).isEqualTo(Commit.LOCAL);
        SessionUse created = one.manager.create(60);
        created.setAttribute("a", "x");
        assertThat(created.commit()).isEqualTo(Commit.LOCAL);
        assertThat(two.manager.open(id)).isInstanceOf(Opened.Unknown.class);

        cluster.nodes.get(1).comeBack();
        one.manager.saveUnsaved();

        assertThat(two.read(id, "draft")).isEqualTo("1");
        assertThat(two.read(created.id(), "a")).isEqualTo("x");
    }

    @Test
    void aLogoutWithAllMemcachedNodesDownHoldsWhenTheyAreBackWithOldData() {
        SessionId id = one.createSession("draft", "0");
        cluster.nodes.forEach(FakeNode::goDown);
        one.open(id).invalidate();

        cluster.nodes.forEach(FakeNode::comeBack);
        cluster.executor.runAll();

        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aMemcachedNodeThatComesBackEmptyGetsItsCopiesAgainSoManyASecond() {
        int sessions = 2 * TestCluster.RESYNC_PER_SECOND + 5;
        List<SessionId> ids = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            ids.add(one.createSession("a", "1"));
        }
        FakeNode returned = cluster.nodes.get(0);
        returned.goDown();
        returned.comeBackEmpty();

        for (int second = 1; second <= 3; second++) {
            assertThat(one.metrics.get(Counter.RESYNCS_COMPLETED)).isZero();
            cluster.executor.runAll();
            assertThat(one.manager.resyncWaiting())
                    .isEqualTo(Math.max(0, sessions - second * TestCluster.RESYNC_PER_SECOND));
        }

        assertThat(one.metrics.get(Counter.SESSIONS_RESYNCED)).isEqualTo(sessions);
        assertThat(one.metrics.get(Counter.SESSIONS_REPAIRED)).isEqualTo(sessions);
        assertThat(one.metrics.get(Counter.RESYNCS_COMPLETED)).isEqualTo(1);
        cluster.nodes.get(1).goDown();
        assertThat(ids).allSatisfy(id -> assertThat(two.read(id, "a")).isEqualTo("1"));
    }

    @Test
    void aResyncLeavesIdleSessionsAsTheyAre() {
        SessionId id = one.createSession("a", "1");
        cluster.time.advance(Duration.ofSeconds(TestCluster.TIMEOUT_SECONDS));
        cluster.nodes.forEach(FakeNode::comeBackEmpty);

        cluster.executor.runAll();

        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aRenewalForARequestThatDoesNotAskForItsSessionSeesThatItHasEnded() {
        SessionId id = one.createSession("a", "1");
        two.open(id).invalidate();
        cluster.time.advance(Duration.ofSeconds(TestCluster.TIMEOUT_SECONDS / 2));

        assertThat(one.manager.keepAlive(id.key())).isFalse();
    }

    @Test
    void sessionsThatCannotBeSavedTakeNoMoreMemoryThanTheNearCacheMay() {
        cluster.nodes.forEach(FakeNode::goDown);
        int kept = 0;
        for (int i = 0; i < 30; i++) {
            SessionUse session = one.manager.create(60);
            session.setAttribute("big", "x".repeat(1_000_000));
            session.commit();
            session.active(false);
            kept = one.manager.unsavedSessions();
        }

        assertThat(kept).isBetween(1, 10);
        assertThat(one.nearCache.size()).isLessThanOrEqualTo(10);
    }
}
