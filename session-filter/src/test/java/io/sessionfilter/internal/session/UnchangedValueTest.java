package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values that are not written as they were read: a hash map has its capacity in its stored form, and another one once it was read. */
class UnchangedValueTest {
    private final TestCluster cluster = new TestCluster();
    private final AppNode one = cluster.nonSticky("jvm1");
    private final AppNode two = cluster.nonSticky("jvm2");

    @Test
    void readingAValueThatIsNotWrittenAsItWasReadWritesNothing() {
        SessionId id = one.createSession("map", roomyMap());
        SessionUse reader = two.open(id);
        reader.attribute("map");

        assertThat(reader.commit()).isEqualTo(Commit.NOTHING);
        assertThat(reader.commit()).as("and again").isEqualTo(Commit.NOTHING);
    }

    @Test
    void aReaderOfSuchAValueDoesNotUndoAForeignChange() {
        SessionId id = one.createSession("map", roomyMap());
        SessionUse reader = two.open(id);
        reader.attribute("map");
        SessionUse writer = one.open(id);
        map(writer).put("new", "1");
        assertThat(writer.commit()).isEqualTo(Commit.STORED);

        reader.setAttribute("other", "x");
        reader.commit();

        assertThat(map(one.open(id))).containsEntry("new", "1");
        assertThat(map(two.open(id))).containsEntry("new", "1");
    }

    @Test
    void aChangeOfSuchAValueIsStored() {
        SessionId id = one.createSession("map", roomyMap());
        SessionUse writer = two.open(id);
        map(writer).put("new", "1");
        assertThat(writer.commit()).isEqualTo(Commit.STORED);
        assertThat(map(one.open(id))).containsEntry("new", "1");

        map(writer).remove("new");
        assertThat(writer.commit()).isEqualTo(Commit.STORED);

        assertThat(map(one.open(id))).doesNotContainKey("new");
    }

    @Test
    void aChangeOfSuchAValueAfterItWasFoundUnchangedIsStored() {
        SessionId id = one.createSession("map", roomyMap());
        SessionUse writer = two.open(id);
        map(writer);
        writer.commit();

        map(writer).put("new", "1");

        assertThat(writer.commit()).isEqualTo(Commit.STORED);
        assertThat(map(one.open(id))).containsEntry("new", "1");
    }

    private static Map<String, String> roomyMap() {
        Map<String, String> map = new HashMap<>(1000);
        map.put("key", "value");
        return map;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> map(SessionUse session) {
        return (Map<String, String>) session.attribute("map");
    }
}
