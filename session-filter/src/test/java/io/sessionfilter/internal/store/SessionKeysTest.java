package io.sessionfilter.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.time.FakeTime;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionKeysTest {
    private final FakeTime time = new FakeTime();
    private final FakeNode n1 = new FakeNode("n1", time);
    private final FakeNode n2 = new FakeNode("n2", time);
    private final FakeNode n3 = new FakeNode("n3", time);
    private final Ring ring = new Ring(List.of(n1, n2, n3));

    /** On which nodes new sessions start. */
    private Set<MemcachedNode> starts(NodeId... failoverNodes) {
        SessionKeys keys = new SessionKeys(new Membership(ring), Set.of(failoverNodes), new Random(3));
        Set<MemcachedNode> starts = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            starts.add(ring.first(keys.next()));
        }
        return starts;
    }

    @Test
    void newSessionsStartOnAllNodesThatAreUp() {
        assertThat(starts()).containsExactlyInAnyOrder(n1, n2, n3);
        n2.goDown();
        assertThat(starts()).containsExactlyInAnyOrder(n1, n3);
    }

    @Test
    void newSessionsStartOnFailoverNodesOnlyWhenNoOtherIsUp() {
        assertThat(starts(n2.id(), n3.id())).containsExactly(n1);
        n1.goDown();
        assertThat(starts(n2.id(), n3.id())).containsExactlyInAnyOrder(n2, n3);
    }

    @Test
    void withoutAnyNodeThereIsAKeyAllTheSame() {
        List.of(n1, n2, n3).forEach(FakeNode::goDown);

        assertThat(starts()).isNotEmpty();
    }
}
