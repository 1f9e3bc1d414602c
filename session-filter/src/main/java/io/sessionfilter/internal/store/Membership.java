package io.sessionfilter.internal.store;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which memcached nodes there are, now and before a change of the node list that is under way (PROTOCOL.md section 10). Safe for use by many
 * threads; an operation takes its {@link Homes} once, and so sees one state.
 */
public final class Membership {
    /** How far a change of the node list has come. App nodes may be one step apart, and not two. */
    public enum Step {
        /** No change is under way. */
        NONE,
        /** The nodes of both lists get copies, and the former list's decide. */
        JOINING,
        /** The nodes of both lists get copies, and the present list's decide. */
        LEAVING
    }

    /**
     * Where one session's copies may be.
     *
     * @param ring all nodes that may have one, in the order in which they decide
     * @param deciding the part of them that decides: the ring of one list
     * @param other the ring of the other list; empty: no change is under way
     */
    record Homes(List<MemcachedNode> ring, List<MemcachedNode> deciding, List<MemcachedNode> other) {
        /**
         * The nodes that are to have a copy: the first usable ones of each list.
         *
         * @param copies of each list, at most
         */
        List<MemcachedNode> first(int copies, Predicate<MemcachedNode> usable) {
            List<MemcachedNode> first = head(deciding, copies, usable);
            return other.isEmpty() ? first : union(first, head(other, copies, usable));
        }

        private static List<MemcachedNode> head(
                List<MemcachedNode> nodes, int copies, Predicate<MemcachedNode> usable) {
            return nodes.stream().filter(usable).limit(copies).toList();
        }
    }

    private record Rings(Ring present, @Nullable Ring former, Step step, long sinceNanos) {}

    private final ReentrantLock changes = new ReentrantLock();
    private volatile Rings rings;

    /**
     * @param ring of the nodes at the start
     */
    public Membership(Ring ring) {
        this.rings = new Rings(ring, null, Step.NONE, 0);
    }

    /** The nodes of the present list. */
    public Ring ring() {
        return rings.present();
    }

    /** The nodes of the present list, and those that a change under way has taken out of it. */
    public List<MemcachedNode> nodes() {
        Rings now = rings;
        Ring former = now.former();
        List<MemcachedNode> present = now.present().nodes();
        return former == null ? present : union(present, former.nodes());
    }

    public Step step() {
        return rings.step();
    }

    /**
     * Where the copies of a session may be. A single copy lives on the first node of its ring and never elsewhere: on a node that came back
     * it would be an older state that nothing tells from the newer one.
     */
    Homes homes(String key, int copies) {
        Rings now = rings;
        List<MemcachedNode> present = nodes(now.present(), key, copies);
        if (now.former() == null) {
            return new Homes(present, present, List.of());
        }
        List<MemcachedNode> former = nodes(now.former(), key, copies);
        return now.step() == Step.JOINING
                ? new Homes(union(former, present), former, present)
                : new Homes(union(present, former), present, former);
    }

    private static List<MemcachedNode> nodes(Ring ring, String key, int copies) {
        return copies == 1 ? List.of(ring.first(key)) : ring.nodes(key);
    }

    private static List<MemcachedNode> union(List<MemcachedNode> first, List<MemcachedNode> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    /**
     * Begins a change: from now on both lists count.
     *
     * @param next of the new list; nodes that stay are the same objects
     * @return {@code false}: another change is under way, and nothing was done
     */
    boolean change(Ring next, long nowNanos) {
        changes.lock();
        try {
            if (step() != Step.NONE) {
                return false;
            }
            rings = new Rings(next, rings.present(), Step.JOINING, nowNanos);
            return true;
        } finally {
            changes.unlock();
        }
    }

    /**
     * Makes the next step of the change that is under way, if the present one is at least so old.
     *
     * @return the nodes that are of no list any more since that, to be closed
     */
    List<MemcachedNode> advance(long minAgeNanos, long nowNanos) {
        changes.lock();
        try {
            Rings before = rings;
            Ring former = before.former();
            if (former == null || nowNanos - before.sinceNanos() < minAgeNanos) {
                return List.of();
            }
            if (before.step() == Step.JOINING) {
                rings = new Rings(before.present(), former, Step.LEAVING, nowNanos);
                return List.of();
            }
            rings = new Rings(before.present(), null, Step.NONE, 0);
            List<MemcachedNode> staying = before.present().nodes();
            return former.nodes().stream()
                    .filter(node -> !staying.contains(node))
                    .toList();
        } finally {
            changes.unlock();
        }
    }
}
