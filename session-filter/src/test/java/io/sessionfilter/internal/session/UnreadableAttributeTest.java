package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.codec.UnreadableAttributeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An app node cannot read what another one has written, and must not spoil it. */
class UnreadableAttributeTest {
    private final TestCluster cluster = new TestCluster();
    private final TestCluster.AppNode one = cluster.nonSticky("jvm1");
    private final SessionId id = one.createSession("cart", "of one");

    @Test
    void whatIsHiddenHereStaysReadableElsewhereThroughThisAppNodesOwnCommits() {
        TestCluster.AppNode blind = blind(false);

        SessionUse session = blind.open(id);
        assertThat(session.attribute("cart")).isNull();
        assertThat(session.attributeNames()).isEmpty();
        blind.codec.broken = false;
        session.setAttribute("other", "of two");
        assertThat(session.commit()).isEqualTo(SessionUse.Commit.STORED);
        session.active(false);

        assertThat(one.read(id, "cart")).isEqualTo("of one");
        assertThat(one.read(id, "other")).isEqualTo("of two");
    }

    @Test
    void whatIsSetInItsPlaceReplacesIt() {
        TestCluster.AppNode blind = blind(false);

        SessionUse session = blind.open(id);
        assertThat(session.attribute("cart")).isNull();
        blind.codec.broken = false;
        session.setAttribute("cart", "of two");
        session.commit();
        session.active(false);

        assertThat(one.read(id, "cart")).isEqualTo("of two");
    }

    @Test
    void whatIsRemovedIsGoneThoughNobodyHereCouldReadIt() {
        TestCluster.AppNode blind = blind(false);

        SessionUse session = blind.open(id);
        assertThat(session.attribute("cart")).isNull();
        session.removeAttribute("cart");
        session.commit();
        session.active(false);

        assertThat(one.read(id, "cart")).isNull();
    }

    @Test
    void askingForItThrowsIfThatIsWanted() {
        TestCluster.AppNode blind = blind(true);

        SessionUse session = blind.open(id);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> session.attribute("cart"))
                    .isInstanceOf(UnreadableAttributeException.class)
                    .hasMessageContainingAll("\"cart\"", "unreadableAttribute=hide");
            assertThat(session.attributeNames()).isEqualTo(List.of("cart"));
        }
        assertThat(session.attribute("none")).isNull();
    }

    @Test
    void itMayBeSetAndRemovedThoughAskingForItThrows() {
        TestCluster.AppNode blind = blind(true);
        SessionUse session = blind.open(id);
        assertThatThrownBy(() -> session.attribute("cart")).isInstanceOf(UnreadableAttributeException.class);

        blind.codec.broken = false;
        session.setAttribute("cart", "of two");
        assertThat(session.attribute("cart")).isEqualTo("of two");
        session.commit();
        assertThat(one.read(id, "cart")).isEqualTo("of two");

        session.removeAttribute("cart");
        session.commit();
        session.active(false);
        assertThat(one.read(id, "cart")).isNull();
    }

    private TestCluster.AppNode blind(boolean fail) {
        TestCluster.AppNode blind =
                cluster.new AppNode("jvm2", new AttributeCoding.Options(false, fail, ComparedValues.HANDED_OUT));
        blind.codec.broken = true;
        return blind;
    }
}
