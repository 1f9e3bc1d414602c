package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import org.junit.jupiter.api.Test;

/** A session that gets a new key takes along all that was acknowledged under the old one, and nothing that had ended. */
class ChangeOfKeyTest {
    private final TestCluster cluster = new TestCluster();
    private final AppNode one = cluster.nonSticky("jvm1");
    private final AppNode two = cluster.nonSticky("jvm2");

    @Test
    void whatAParallelRequestHasStoredDuringAChangeOfKeyIsTakenAlong() {
        SessionId id = one.createSession("a", "0");
        SessionUse changing = one.open(id);
        SessionUse parallel = one.open(id);

        cluster.memcached.interruptNext(() -> {
            parallel.setAttribute("b", "1");
            assertThat(parallel.commit()).isEqualTo(Commit.STORED);
        });
        changing.changeKey();

        assertThat(two.read(changing.id(), "a")).isEqualTo("0");
        assertThat(two.read(changing.id(), "b")).isEqualTo("1");
        assertThat(parallel.attribute("b")).isEqualTo("1");
    }

    @Test
    void whatAnotherAppNodeHasStoredBeforeAChangeOfKeyIsTakenAlong() {
        SessionId id = one.createSession("a", "0");
        one.write(id, "gone", "x");
        SessionUse changing = one.open(id);
        SessionUse foreign = two.open(id);
        foreign.setAttribute("b", "1");
        foreign.removeAttribute("gone");
        foreign.maxInactiveInterval(77);
        assertThat(foreign.commit()).isEqualTo(Commit.STORED);

        changing.setAttribute("c", "2");
        changing.changeKey();

        SessionUse moved = two.open(changing.id());
        assertThat(moved.attributeNames()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(moved.attribute("b")).isEqualTo("1");
        assertThat(moved.maxInactiveInterval()).isEqualTo(77);
        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void whatAnotherAppNodeStoresDuringAChangeOfKeyIsTakenAlong() {
        SessionId id = one.createSession("a", "0");
        SessionUse changing = one.open(id);

        cluster.memcached.interruptNext(
                () -> assertThat(two.write(id, "b", "1")).isEqualTo(Commit.STORED));
        changing.changeKey();

        assertThat(two.read(changing.id(), "b")).isEqualTo("1");
        assertThat(one.read(changing.id(), "b")).isEqualTo("1");
        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void whatWasStoredLastGoesOnUnderTheNewKeyOfASessionThatHasBecomeTooLarge() {
        SessionId id = one.createSession("a", "0");
        SessionUse changing = one.open(id);
        changing.setAttribute("huge", "x".repeat(2_000_000));

        changing.changeKey();

        assertThat(changing.commit()).isEqualTo(Commit.TOO_LARGE);
        assertThat(two.read(changing.id(), "a")).isEqualTo("0");
        assertThat(two.read(changing.id(), "huge")).isNull();
        assertThat(changing.attribute("huge")).isNotNull();
        changing.removeAttribute("huge");
        changing.setAttribute("b", "1");
        assertThat(changing.commit()).isEqualTo(Commit.STORED);
        assertThat(two.read(changing.id(), "b")).isEqualTo("1");
        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aSessionThatAnotherAppNodeHasInvalidatedDoesNotLiveOnUnderANewKey() {
        SessionId id = one.createSession("user", "ann");
        SessionUse changing = one.open(id);
        two.open(id).invalidate();

        changing.changeKey();

        assertThat(changing.isValid()).isFalse();
        assertThat(one.manager.open(changing.id())).isInstanceOf(Opened.Absent.class);
        assertThat(two.manager.open(changing.id())).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aSessionThatAParallelRequestInvalidatesDuringAChangeOfKeyDoesNotLiveOnUnderTheNewKey() {
        SessionId id = one.createSession("user", "ann");
        SessionUse changing = one.open(id);
        SessionUse parallel = one.open(id);

        cluster.memcached.interruptNext(parallel::invalidate);
        changing.changeKey();

        assertThat(changing.isValid()).isFalse();
        assertThat(one.manager.open(changing.id())).isInstanceOf(Opened.Absent.class);
        assertThat(two.manager.open(changing.id())).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void theOldKeyIsDeadEvenIfTheAnswerToItsEndWasLost() {
        SessionId id = one.createSession("a", "0");
        SessionUse changing = one.open(id);
        cluster.memcached.interruptNext(() -> {});
        cluster.memcached.interruptNext(cluster.memcached::loseNextAnswer);

        changing.changeKey();

        assertThat(two.read(changing.id(), "a")).isEqualTo("0");
        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aFirstCommitThatIsAnsweredAfterAChangeOfKeyIsMadeUnderTheNewKeyToo() {
        SessionUse session = one.manager.create(60);
        SessionId old = session.id();
        session.setAttribute("a", "0");
        cluster.memcached.answerNext(session::changeKey);

        assertThat(session.commit()).isEqualTo(Commit.STORED);

        assertThat(two.read(session.id(), "a")).isEqualTo("0");
        assertThat(two.manager.open(old)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aLogoutOnAnotherAppNodeThatDoesNotKnowOfTheNewKeyYetEndsTheSession() {
        SessionId id = one.createSession("user", "ann");
        SessionUse foreign = two.open(id);
        SessionUse changing = one.open(id);
        changing.changeKey();

        foreign.invalidate();

        assertThat(one.manager.open(changing.id())).isInstanceOf(Opened.Absent.class);
    }
}
