package io.sessionfilter.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.time.FakeTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingTest {
    private final FakeTime time = new FakeTime();

    private List<MemcachedNode> nodes(int count) {
        return IntStream.rangeClosed(1, count)
                .<MemcachedNode>mapToObj(i -> new FakeNode("n" + i, time))
                .toList();
    }

    private static List<String> keys() {
        SessionKeys keys = new SessionKeys(
                new Membership(new Ring(List.of(new FakeNode("x", new FakeTime())))), Set.of(), new Random(5));
        return IntStream.range(0, 200).mapToObj(i -> keys.next()).toList();
    }

    @Test
    void theOrderDependsOnNothingButKeyAndNodeIds() {
        List<MemcachedNode> nodes = nodes(5);
        List<MemcachedNode> shuffled = new ArrayList<>(nodes);
        Collections.shuffle(shuffled, new Random(9));
        Ring ring = new Ring(nodes);
        Ring other = new Ring(shuffled);

        for (String key : keys()) {
            List<MemcachedNode> before = ring.nodes(key);
            ((FakeNode) nodes.get(0)).goDown();
            assertThat(other.nodes(key)).isEqualTo(before).hasSize(5).doesNotHaveDuplicates();
            assertThat(ring.first(key)).isEqualTo(before.get(0));
        }
    }

    @Test
    void aSessionLivesOnTheFirstEightNodesAtMost() {
        assertThat(new Ring(nodes(12)).nodes(keys().get(0))).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void oneNodeLessMovesOnlyItsOwnSessions() {
        List<MemcachedNode> nodes = nodes(5);
        Ring all = new Ring(nodes);
        Ring fewer = new Ring(nodes.subList(0, 4));

        for (String key : keys()) {
            List<MemcachedNode> expected = new ArrayList<>(all.nodes(key));
            expected.remove(nodes.get(4));
            assertThat(fewer.nodes(key)).isEqualTo(expected);
        }
    }
}
