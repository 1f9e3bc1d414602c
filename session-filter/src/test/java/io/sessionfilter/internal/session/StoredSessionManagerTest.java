package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StoredSessionManagerTest {
    private static final SessionId UNKNOWN_ID = new SessionId("0123456789abcdefghijklmn", "n1", "jvm1");

    private final TestCluster cluster = new TestCluster();
    private final AppNode one = cluster.nonSticky("jvm1");
    private final AppNode two = cluster.nonSticky("jvm2");

    @Test
    void whatOneAppNodeStoredAnotherReads() {
        SessionId id = one.createSession("cart", "apples");

        assertThat(two.read(id, "cart")).isEqualTo("apples");
    }

    @Test
    void anIdTellsMemcachedNodeAndRoute() {
        SessionId id = one.createSession("cart", "apples");

        assertThat(id.node()).isEqualTo("n1");
        assertThat(id.route()).isEqualTo("jvm1");
        assertThat(two.open(id).id().route()).isEqualTo("jvm2");
        assertThat(two.open(id).id().key()).isEqualTo(id.key());
    }

    @Test
    void anUnknownIdIsAbsentAndCostsOneLookUp() {
        Opened opened = one.manager.open(UNKNOWN_ID);

        assertThat(opened).isInstanceOf(Opened.Absent.class);
        assertThat(cluster.memcached.operations).isEqualTo(1);
    }

    @Test
    void aSessionWithoutAttributesIsStoredToo() {
        SessionUse created = one.manager.create(60);
        created.commit();

        assertThat(two.open(created.id()).attributeNames()).isEmpty();
    }

    @Test
    void onlyTheCreatingRequestSeesTheSessionAsNew() {
        SessionUse created = one.manager.create(60);
        created.commit();

        assertThat(created.isNew()).isTrue();
        assertThat(one.open(created.id()).isNew()).isFalse();
        assertThat(two.open(created.id()).isNew()).isFalse();
    }

    @Test
    void removedAttributesAreRemovedEverywhere() {
        SessionId id = one.createSession("cart", "apples");
        two.open(id);

        SessionUse session = one.open(id);
        session.removeAttribute("cart");
        session.commit();

        assertThat(one.read(id, "cart")).isNull();
        assertThat(two.read(id, "cart")).isNull();
        assertThat(two.open(id).attributeNames()).isEmpty();
    }

    @Test
    void aSetAndARemovalBeforeTheCommitLeaveNothing() {
        SessionUse session = one.manager.create(60);
        session.setAttribute("a", "x");
        session.removeAttribute("a");
        session.setAttribute("b", "y");

        session.commit();

        assertThat(two.open(session.id()).attributeNames()).containsExactly("b");
    }

    @Test
    void anAttributeChangedInPlaceIsStored() {
        SessionId id = one.createSession("list", new ArrayList<>(List.of("a")));

        SessionUse session = two.open(id);
        list(session, "list").add("b");
        session.commit();

        assertThat(one.read(id, "list")).isEqualTo(List.of("a", "b"));
    }

    @Test
    void aChangeInPlaceAfterTheFirstCommitOfARequestIsStoredByTheNext() {
        SessionId id = one.createSession("list", new ArrayList<>(List.of("a")));

        SessionUse session = one.open(id);
        list(session, "list").add("b");
        session.commit();
        list(session, "list").add("c");

        assertThat(session.commit()).isEqualTo(Commit.STORED);
        assertThat(two.read(id, "list")).isEqualTo(List.of("a", "b", "c"));
    }

    @Test
    void readingAMutableAttributeWritesNothing() {
        SessionId id = one.createSession("list", new ArrayList<>(List.of("a")));
        SessionUse session = two.open(id);
        session.attribute("list");
        int before = cluster.memcached.operations;

        assertThat(session.commit()).isEqualTo(Commit.NOTHING);
        assertThat(cluster.memcached.operations).isEqualTo(before);
    }

    @Test
    void settingAnEqualValueWritesNothing() {
        SessionId id = one.createSession("a", "x");

        assertThat(one.write(id, "a", "x")).isEqualTo(Commit.NOTHING);
        assertThat(one.open(id).commit()).isEqualTo(Commit.NOTHING);
    }

    @Test
    void anAttributeThatIsNotAskedForIsNeverDecoded() {
        SessionId id = one.createSession("a", "x");
        one.write(id, "b", "y");

        SessionUse session = two.open(id);
        session.setAttribute("b", "z");
        session.attributeNames();
        session.commit();

        assertThat(two.codec.decoded).hasValue(0);
    }

    @Test
    void aWriteEncodesOnlyWhatMayHaveChanged() {
        SessionId id = one.createSession("list", new ArrayList<>(List.of("a")));
        one.write(id, "other", new ArrayList<>());
        int before = one.codec.encoded.get();

        one.write(id, "x", "y");

        assertThat(one.codec.encoded.get() - before).isEqualTo(1);
    }

    @Test
    void anAttributeAskedForTwiceIsTheSameInstance() {
        SessionId id = one.createSession("list", new ArrayList<>(List.of("a")));

        SessionUse session = two.open(id);

        assertThat(session.attribute("list")).isSameAs(session.attribute("list"));
        assertThat(two.open(id).attribute("list")).isSameAs(session.attribute("list"));
    }

    @Test
    void afterAForeignWriteOnlyTheChangedAttributeIsANewInstance() {
        SessionId id = one.createSession("kept", new ArrayList<>(List.of("a")));
        one.write(id, "changed", new ArrayList<>(List.of("b")));
        SessionUse before = two.open(id);
        Object kept = before.attribute("kept");
        Object changed = before.attribute("changed");

        one.write(id, "changed", new ArrayList<>(List.of("c")));
        SessionUse after = two.open(id);

        assertThat(after.attribute("kept")).isSameAs(kept);
        assertThat(after.attribute("changed")).isNotSameAs(changed).isEqualTo(List.of("c"));
    }

    @Test
    void changesOfDifferentAttributesOnTwoAppNodesBothSurvive() {
        SessionId id = one.createSession("a", "0");
        SessionUse first = one.open(id);
        SessionUse second = two.open(id);

        first.setAttribute("a", "1");
        second.setAttribute("b", "2");
        first.commit();
        second.commit();

        for (AppNode node : List.of(one, two)) {
            assertThat(node.read(id, "a")).isEqualTo("1");
            assertThat(node.read(id, "b")).isEqualTo("2");
        }
        assertThat(two.metrics.get(Counter.SAVE_CONFLICTS)).isEqualTo(1);
    }

    @Test
    void ofTheSameAttributeTheLaterCommitWins() {
        SessionId id = one.createSession("a", "0");
        SessionUse first = one.open(id);
        SessionUse second = two.open(id);

        second.setAttribute("a", "second");
        first.setAttribute("a", "first");
        second.commit();
        first.commit();

        assertThat(one.read(id, "a")).isEqualTo("first");
        assertThat(two.read(id, "a")).isEqualTo("first");
    }

    @Test
    void anAttributeThatWasOnlyReadHereDoesNotOverwriteAForeignChange() {
        SessionId id = one.createSession("list", new ArrayList<>(List.of("a")));
        SessionUse reader = one.open(id);
        reader.attribute("list");

        two.write(id, "list", new ArrayList<>(List.of("b")));
        reader.setAttribute("other", "x");
        reader.commit();

        assertThat(two.read(id, "list")).isEqualTo(List.of("b"));
        assertThat(one.read(id, "list")).isEqualTo(List.of("b"));
    }

    @Test
    void parallelRequestsOfOneAppNodeShareTheirAttributes() {
        SessionId id = one.createSession("list", new ArrayList<>());
        SessionUse first = one.open(id);
        SessionUse second = one.open(id);

        list(first, "list").add("1");
        list(second, "list").add("2");
        first.commit();
        second.commit();

        assertThat(two.read(id, "list")).isEqualTo(List.of("1", "2"));
    }

    @Test
    void aParallelRequestDoesNotOverwriteTheNewerStateOfASharedValueWithAnOlderOne() {
        SessionId id = one.createSession("list", new ArrayList<>());
        SessionUse first = one.open(id);
        SessionUse second = one.open(id);
        list(first, "list").add("1");

        // The first has encoded its state; before it is sent, the second adds to the same list and commits.
        cluster.memcached.interruptNext(() -> {
            list(second, "list").add("2");
            second.commit();
        });
        first.commit();

        assertThat(two.read(id, "list")).isEqualTo(List.of("1", "2"));
        assertThat(one.read(id, "list")).isEqualTo(List.of("1", "2"));
    }

    @Test
    void aCommitWhoseAnswerWasLostIsAppliedOnce() {
        SessionId id = one.createSession("a", "0");
        SessionUse session = one.open(id);
        session.setAttribute("a", "1");
        cluster.memcached.loseNextAnswer();

        assertThat(session.commit()).isEqualTo(Commit.LOCAL);
        assertThat(one.read(id, "a")).isEqualTo("1");
        assertThat(one.open(id).commit()).isEqualTo(Commit.NOTHING);
        assertThat(two.read(id, "a")).isEqualTo("1");
    }

    @Test
    void anInvalidatedSessionIsGoneEverywhere() {
        SessionId id = one.createSession("a", "0");
        two.open(id);

        one.open(id).invalidate();

        assertThat(one.manager.open(id)).isInstanceOf(Opened.Absent.class);
        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void anInvalidatedSessionRefusesItsAttributesButNotItsId() {
        SessionId id = one.createSession("a", "0");
        SessionUse session = one.open(id);
        SessionUse parallel = one.open(id);

        session.invalidate();

        assertThat(session.id()).isEqualTo(id);
        assertThat(parallel.isValid()).isFalse();
        assertThatThrownBy(() -> session.attribute("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::invalidate).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> parallel.setAttribute("a", "b")).isInstanceOf(IllegalStateException.class);
        assertThat(parallel.commit()).isEqualTo(Commit.ENDED);
    }

    @Test
    void aSlowRequestDoesNotBringAnInvalidatedSessionBack() {
        SessionId id = one.createSession("a", "0");
        SessionUse slow = two.open(id);

        one.open(id).invalidate();
        slow.setAttribute("a", "1");

        assertThat(slow.commit()).isEqualTo(Commit.ENDED);
        assertThat(two.manager.open(id)).isInstanceOf(Opened.Absent.class);
        assertThat(one.manager.open(id)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aNewKeyKeepsTheAttributesAndKillsTheOldOne() {
        SessionId old = one.createSession("a", "0");
        SessionUse session = one.open(old);
        session.setAttribute("b", "1");

        session.changeKey();

        assertThat(session.id().key()).isNotEqualTo(old.key());
        assertThat(one.manager.open(old)).isInstanceOf(Opened.Absent.class);
        assertThat(two.manager.open(old)).isInstanceOf(Opened.Absent.class);
        assertThat(two.read(session.id(), "a")).isEqualTo("0");
        assertThat(two.read(session.id(), "b")).isEqualTo("1");
        session.setAttribute("c", "2");
        assertThat(session.commit()).isEqualTo(Commit.STORED);
        assertThat(two.read(session.id(), "c")).isEqualTo("2");
    }

    @Test
    void aNewKeyBeforeTheFirstCommitCostsNothing() {
        SessionUse session = one.manager.create(60);
        session.setAttribute("a", "0");
        SessionId old = session.id();

        session.changeKey();

        assertThat(cluster.memcached.operations).isZero();
        session.commit();
        assertThat(two.read(session.id(), "a")).isEqualTo("0");
        assertThat(two.manager.open(old)).isInstanceOf(Opened.Absent.class);
    }

    @Test
    void aParallelRequestThatCommitsDuringAChangeOfKeyCommitsUnderTheNewKey() {
        SessionId id = one.createSession("a", "0");
        SessionUse changing = one.open(id);
        SessionUse parallel = one.open(id);
        parallel.setAttribute("b", "1");

        cluster.memcached.interruptNext(changing::changeKey);

        assertThat(parallel.commit())
                .as("the change of key took the attribute along")
                .isEqualTo(Commit.NOTHING);
        assertThat(two.read(changing.id(), "b")).isEqualTo("1");
        parallel.setAttribute("b", "2");
        assertThat(parallel.commit()).isEqualTo(Commit.STORED);
        assertThat(two.read(changing.id(), "b")).isEqualTo("2");
    }

    @Test
    void theTimeoutIsStoredAndForeignChangesOfItHold() {
        SessionId id = one.createSession("a", "0");
        SessionUse session = one.open(id);
        session.maxInactiveInterval(100);
        session.commit();
        SessionUse other = two.open(id);
        assertThat(other.maxInactiveInterval()).isEqualTo(100);

        other.maxInactiveInterval(200);
        other.commit();

        assertThat(one.open(id).maxInactiveInterval()).isEqualTo(200);
        assertThat(one.open(id).commit()).isEqualTo(Commit.NOTHING);
    }

    @Test
    void lastAccessedTimeIsTheStartOfThePreviousRequest() {
        SessionId id = one.createSession("a", "0");
        long created = cluster.time.millis();
        cluster.time.advance(Duration.ofSeconds(10));
        SessionUse second = one.open(id);
        cluster.time.advance(Duration.ofSeconds(10));
        SessionUse third = one.open(id);

        assertThat(second.creationTime()).isEqualTo(created);
        assertThat(second.lastAccessedTime()).isEqualTo(created);
        assertThat(third.lastAccessedTime()).isEqualTo(created + 10_000);
    }

    @Test
    void anotherAppNodeKnowsTheLastAccessToTheSecond() {
        SessionId id = one.createSession("a", "0");
        cluster.time.advance(Duration.ofSeconds(40));
        one.open(id);
        long used = cluster.time.millis();
        cluster.time.advance(Duration.ofSeconds(40));

        assertThat(two.open(id).lastAccessedTime()).isBetween(used - 1000, used + 1000);
    }

    @Test
    void attributesThatAreNotToBeStoredStayOnTheirAppNode() {
        AppNode filtering = cluster.new AppNode("jvm3", false, Pattern.compile("stored.*"));
        SessionUse session = filtering.manager.create(60);
        session.setAttribute("stored1", "a");
        session.setAttribute("local", "b");
        session.commit();

        assertThat(filtering.read(session.id(), "local")).isEqualTo("b");
        assertThat(two.read(session.id(), "local")).isNull();
        assertThat(two.read(session.id(), "stored1")).isEqualTo("a");
        two.write(session.id(), "stored2", "c");
        assertThat(filtering.open(session.id()).attributeNames())
                .containsExactlyInAnyOrder("stored1", "stored2", "local");
        assertThat(filtering.read(session.id(), "local")).isEqualTo("b");
    }

    @Test
    void anAttributeThatCannotBeEncodedStaysHereAndTheOthersAreStored() {
        SessionUse session = one.manager.create(60);
        Object unserializable = new Object();
        session.setAttribute("bad", unserializable);
        session.setAttribute("good", "x");

        assertThat(session.commit()).isEqualTo(Commit.LOCAL);

        assertThat(one.read(session.id(), "bad")).isSameAs(unserializable);
        assertThat(two.read(session.id(), "good")).isEqualTo("x");
        assertThat(two.read(session.id(), "bad")).isNull();
        assertThat(one.metrics.get(Counter.ATTRIBUTES_UNWRITABLE)).isEqualTo(1);
    }

    @Test
    void anAttributeThatCannotBeDecodedIsHiddenAndItsBytesStay() {
        SessionUse session = one.manager.create(60);
        session.setAttribute("picky", new Picky());
        session.setAttribute("good", "x");
        session.commit();

        Picky.readable = false;
        try {
            SessionUse other = two.open(session.id());
            assertThat(other.attribute("picky")).isNull();
            assertThat(other.attributeNames()).containsExactly("good");
            other.setAttribute("good", "y");
            other.commit();
        } finally {
            Picky.readable = true;
        }

        assertThat(one.read(session.id(), "picky")).isInstanceOf(Picky.class);
        assertThat(one.read(session.id(), "good")).isEqualTo("y");
        assertThat(two.metrics.get(Counter.ATTRIBUTES_UNREADABLE)).isEqualTo(1);
    }

    @Test
    void anOversizedSessionGoesOnHereAndItsLastStoredStateStays() {
        SessionId id = one.createSession("a", "0");

        assertThat(one.write(id, "big", "x".repeat(2_000_000))).isEqualTo(Commit.TOO_LARGE);
        assertThat(one.write(id, "big", "y".repeat(2_000_000))).isEqualTo(Commit.TOO_LARGE);

        assertThat(one.metrics.get(Counter.SESSIONS_TOO_LARGE)).isEqualTo(1);
        assertThat(one.manager.unsavedSessions()).isZero();
        assertThat((String) one.read(id, "big")).hasSize(2_000_000);
        assertThat(two.read(id, "a")).isEqualTo("0");
        assertThat(two.read(id, "big")).isNull();
        SessionUse session = one.open(id);
        session.setAttribute("big", "small");
        assertThat(session.commit()).isEqualTo(Commit.STORED);
        assertThat(two.read(id, "big")).isEqualTo("small");
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(SessionUse session, String name) {
        return (List<String>) session.attribute(name);
    }

    private static final class Picky implements java.io.Serializable {
        static boolean readable = true;

        private Object readResolve() throws java.io.ObjectStreamException {
            if (!readable) {
                throw new java.io.InvalidObjectException("not today");
            }
            return this;
        }
    }
}
