package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.session.TestCluster.AppNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A parallel request puts something else in the place of a change while that is being stored, and has not committed yet. Who made the change is about to
 * be answered: it, or what has replaced it, must be stored.
 */
class ReplacedChangeTest {
    private final TestCluster cluster = new TestCluster();
    private final AppNode here = cluster.nonSticky("jvm1");
    private final AppNode elsewhere = cluster.nonSticky("jvm2");
    private final SessionId id = here.createSession("a", new ArrayList<>(List.of("0")));

    private final SessionUse answered = here.open(id);
    private final SessionUse parallel = here.open(id);

    @Test
    void aValueThatIsReplacedWhileItIsStoredIsNotForgotten() {
        answered.setAttribute("b", "1");
        here.codec.beforeEncoding.add(() -> parallel.setAttribute("b", "2"));

        answered.commit();

        assertThat(elsewhere.read(id, "b")).isIn("1", "2");
    }

    @Test
    void aRemovalThatIsMadeAgainWhileItIsStoredIsNotForgotten() {
        answered.setAttribute("P", "before");
        answered.removeAttribute("a");
        here.codec.beforeEncoding.add(() -> parallel.removeAttribute("a"));

        answered.commit();

        assertThat(here.codec.beforeEncoding)
                .as("was encoded before the removal")
                .isEmpty();
        assertThat(elsewhere.read(id, "a")).isNull();
    }

    @Test
    void aRemovalThatIsReplacedByAValueWhileItIsStoredIsNotForgotten() {
        answered.setAttribute("P", "before");
        answered.removeAttribute("a");
        here.codec.beforeEncoding.add(() -> parallel.setAttribute("a", "2"));

        answered.commit();

        assertThat(elsewhere.read(id, "a")).isIn(null, "2");
    }

    @Test
    void aValueThatWasChangedInPlaceAndIsReplacedWhileAnotherIsStoredIsNotForgotten() {
        list(answered, "a").add("1");
        answered.setAttribute("P", "before");
        here.codec.beforeEncoding.add(() -> parallel.setAttribute("a", "2"));

        answered.commit();

        assertThat(elsewhere.read(id, "a")).isIn(List.of("0", "1"), "2");
    }

    @Test
    void aTimeoutThatIsReplacedWhileItIsStoredIsNotForgotten() {
        list(answered, "a").add("1");
        answered.maxInactiveInterval(1000);
        here.codec.beforeEncoding.add(() -> parallel.maxInactiveInterval(2000));

        answered.commit();

        assertThat(elsewhere.open(id).maxInactiveInterval()).isIn(1000, 2000);
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(SessionUse session, String name) {
        return (List<String>) Objects.requireNonNull(session.attribute(name));
    }
}
