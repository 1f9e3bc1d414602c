package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import io.sessionfilter.internal.session.TestCluster.Setup;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which values a commit compares with what is stored ({@code dirtyDetection}), and what it does about one that somebody is changing. */
class DirtyDetectionTest {
    private final TestCluster cluster = new TestCluster();
    private final AppNode reader = cluster.nonSticky("jvm9");

    private AppNode comparing(ComparedValues compared) {
        return cluster.with("jvm1", new Setup().comparing(compared));
    }

    private static SessionId createSession(AppNode node) {
        return node.createSession("list", new ArrayList<>(List.of("1")));
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(SessionUse session) {
        return (List<String>) session.attribute("list");
    }

    @Test
    void accessedStoresWhatARequestWasHandedAndHasChangedInPlace() {
        AppNode node = comparing(ComparedValues.HANDED_OUT);
        SessionId id = createSession(node);
        SessionUse session = node.open(id);

        list(session).add("2");
        assertThat(session.commit()).isEqualTo(Commit.STORED);

        assertThat(list(reader.open(id))).containsExactly("1", "2");
    }

    @Test
    void accessedDoesNotLookAtWhatTheRequestWasNotHanded() {
        AppNode node = comparing(ComparedValues.HANDED_OUT);
        SessionId id = createSession(node);
        List<String> kept = list(node.open(id));
        SessionUse session = node.open(id);
        int encoded = node.codec.encoded.get();

        kept.add("2");
        assertThat(session.commit()).isEqualTo(Commit.NOTHING);

        assertThat(node.codec.encoded.get()).isEqualTo(encoded);
    }

    @Test
    void setNeitherComparesNorStoresWhatWasOnlyHandedOut() {
        AppNode node = comparing(ComparedValues.SET);
        SessionId id = createSession(node);
        SessionUse session = node.open(id);
        int encoded = node.codec.encoded.get();

        list(session).add("2");
        assertThat(session.commit()).isEqualTo(Commit.NOTHING);

        assertThat(node.codec.encoded.get()).isEqualTo(encoded);
        assertThat(list(reader.open(id))).containsExactly("1");
    }

    @Test
    void setStoresAChangeInPlaceOnceTheValueIsSetAgain() {
        AppNode node = comparing(ComparedValues.SET);
        SessionId id = createSession(node);
        SessionUse session = node.open(id);
        List<String> list = list(session);

        list.add("2");
        session.setAttribute("list", list);
        assertThat(session.commit()).isEqualTo(Commit.STORED);
        assertThat(list(reader.open(id))).containsExactly("1", "2");

        list.add("3"); // by the request that has set it, after the response has begun
        session.commit();
        assertThat(list(reader.open(id))).containsExactly("1", "2", "3");
    }

    @Test
    void allStoresWhatWasChangedByWhomever() {
        AppNode node = comparing(ComparedValues.ALL);
        SessionId id = createSession(node);
        List<String> kept = list(node.open(id));
        SessionUse session = node.open(id);

        kept.add("2");
        assertThat(session.commit()).isEqualTo(Commit.STORED);

        assertThat(list(reader.open(id))).containsExactly("1", "2");
    }

    @Test
    void allDecodesNothingThatNobodyHasAskedFor() {
        SessionId id = createSession(reader);
        AppNode node = comparing(ComparedValues.ALL);
        SessionUse session = node.open(id);
        session.setAttribute("other", "x");

        assertThat(session.commit()).isEqualTo(Commit.STORED);

        assertThat(node.codec.decoded.get()).isZero();
    }

    /** Cannot be written while it is being changed. */
    private static final class Cart implements Serializable {
        private static final long serialVersionUID = 1L;

        private final ArrayList<String> items = new ArrayList<>();
        private transient boolean isChanging;

        private void writeObject(ObjectOutputStream out) throws IOException {
            if (isChanging) {
                throw new ConcurrentModificationException();
            }
            out.defaultWriteObject();
        }
    }

    private static Cart cart(SessionUse session) {
        return Objects.requireNonNull((Cart) session.attribute("cart"));
    }

    private static void changeDuringTheNextEncodings(AppNode node, int times) {
        for (int i = 0; i < times; i++) {
            node.codec.beforeEncoding.add(() -> {
                throw new ConcurrentModificationException();
            });
        }
    }

    @Test
    void aValueThatIsBeingChangedIsEncodedAgain() {
        AppNode node = comparing(ComparedValues.HANDED_OUT);
        SessionId id = createSession(node);
        SessionUse session = node.open(id);
        list(session).add("2");

        changeDuringTheNextEncodings(node, 10);
        assertThat(session.commit()).isEqualTo(Commit.STORED);

        assertThat(list(reader.open(id))).containsExactly("1", "2");
    }

    @Test
    void aValueThatIsBeingChangedForLongIsLeftToTheRequestThatChangesIt() {
        AppNode node = comparing(ComparedValues.HANDED_OUT);
        SessionId id = node.createSession("cart", new Cart());
        SessionUse session = node.open(id);
        SessionUse changing = node.open(id);
        cart(session).items.add("2");
        cart(changing).items.add("3");
        session.setAttribute("other", "x");

        cart(changing).isChanging = true;
        assertThat(session.commit()).isEqualTo(Commit.LOCAL);
        assertThat(reader.read(id, "other")).as("nothing else waits for it").isEqualTo("x");
        assertThat(node.metrics.get(Counter.ATTRIBUTES_CHANGING)).isEqualTo(1);
        assertThat(node.metrics.get(Counter.ATTRIBUTES_UNWRITABLE)).isZero();
        assertThat(node.metrics.get(Counter.SAVES_FAILED)).isZero();

        cart(changing).isChanging = false;
        assertThat(changing.commit()).isEqualTo(Commit.STORED);

        assertThat(cart(reader.open(id)).items).containsExactly("2", "3");
    }
}
