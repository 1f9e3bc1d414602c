package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A write whose answer was lost, or is still to come, may have happened: what takes it back must reach the store too. */
class LostAnswerTest {
    private final TestCluster cluster = new TestCluster();
    private final AppNode one = cluster.sticky("jvm1");
    private final AppNode two = cluster.sticky("jvm2");

    @Test
    void anAttributeRemovedAfterTheAnswerToItsFirstCommitWasLostIsGoneEverywhere() {
        SessionId id = one.createSession("a", "0");
        SessionUse session = one.open(id);
        session.setAttribute("secret", "1");
        cluster.memcached.loseNextAnswer();
        assertThat(session.commit()).isEqualTo(Commit.LOCAL);

        session.removeAttribute("secret");
        assertThat(session.commit()).isEqualTo(Commit.STORED);

        assertThat(two.open(id).attributeNames()).containsExactly("a");
    }

    @Test
    void aLogoutAfterTheAnswerToAChangeOfKeyWasLostHoldsUnderTheNewKey() {
        SessionId id = two.createSession("a", "0");
        SessionUse session = one.open(id); // which has never stored anything of it
        cluster.memcached.loseNextAnswer();
        session.changeKey();
        SessionId changed = session.id();
        assertThat(changed.key()).isNotEqualTo(id.key());

        session.invalidate();

        assertThat(two.manager.open(changed)).isInstanceOf(SessionManager.Opened.Absent.class);
    }

    @Test
    void anAttributeSetBackAfterALostAnswerIsSetBackEverywhere() {
        SessionId id = one.createSession("a", "0");
        SessionUse session = one.open(id);
        session.setAttribute("a", "1");
        cluster.memcached.loseNextAnswer();
        session.commit();

        session.setAttribute("a", "0");
        assertThat(session.commit()).isEqualTo(Commit.STORED);

        assertThat(two.read(id, "a")).isEqualTo("0");
        assertThat(one.read(id, "a")).isEqualTo("0");
    }

    @Test
    void aChangeInPlaceTakenBackAfterALostAnswerIsTakenBackEverywhere() {
        SessionId id = one.createSession("list", new ArrayList<>(List.of("0")));
        SessionUse session = one.open(id);
        @SuppressWarnings("unchecked")
        List<String> list = (List<String>) session.attribute("list");
        list.add("1");
        cluster.memcached.loseNextAnswer();
        session.commit();

        list.remove("1");
        assertThat(session.commit()).isEqualTo(Commit.STORED);

        assertThat(two.read(id, "list")).isEqualTo(List.of("0"));
    }

    @Test
    void aTimeoutSetBackAfterALostAnswerIsSetBackEverywhere() {
        SessionId id = one.createSession("a", "0");
        SessionUse session = one.open(id);
        session.maxInactiveInterval(60);
        cluster.memcached.loseNextAnswer();
        session.commit();

        session.maxInactiveInterval(TestCluster.TIMEOUT_SECONDS);
        assertThat(session.commit()).isEqualTo(Commit.STORED);

        assertThat(two.open(id).maxInactiveInterval()).isEqualTo(TestCluster.TIMEOUT_SECONDS);
    }

    @Test
    void whatAParallelRequestRemovesWhileItIsBeingStoredForTheFirstTimeIsGone() {
        SessionId id = one.createSession("a", "0");
        SessionUse setting = one.open(id);
        SessionUse removing = one.open(id);
        setting.setAttribute("secret", "1");

        cluster.memcached.interruptNext(() -> {
            removing.removeAttribute("secret");
            removing.commit();
        });
        setting.commit();

        assertThat(one.open(id).attributeNames()).containsExactly("a");
        assertThat(two.open(id).attributeNames()).containsExactly("a");
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatAParallelRequestTakesBackInPlaceWhileItIsBeingStoredIsTakenBack() {
        SessionId id = one.createSession("list", new ArrayList<>(List.of("0")));
        SessionUse adding = one.open(id);
        SessionUse removing = one.open(id);
        ((List<String>) adding.attribute("list")).add("1");

        cluster.memcached.interruptNext(() -> {
            ((List<String>) removing.attribute("list")).remove("1");
            removing.commit();
        });
        adding.commit();

        assertThat(one.read(id, "list")).isEqualTo(List.of("0"));
        assertThat(two.read(id, "list")).isEqualTo(List.of("0"));
    }

    @Test
    void onceTheStoreHasAnsweredNothingIsWrittenUnasked() {
        SessionId id = one.createSession("a", "0");
        SessionUse session = one.open(id);
        session.setAttribute("a", "1");
        cluster.memcached.loseNextAnswer();
        session.commit();
        session.setAttribute("a", "0");
        session.commit();

        session.setAttribute("a", "0");

        assertThat(session.commit()).isEqualTo(Commit.NOTHING);
    }
}
