package io.sessionfilter.simulation;

import io.sessionfilter.internal.store.Ring;
import io.sessionfilter.testkit.MemcachedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the memcached nodes hold of a session, seen by somebody who sees all of them at once. */
final class Copies {
    private final int copies;
    private final Simulation simulation;

    Copies(int copies, Simulation simulation) {
        this.copies = copies;
        this.simulation = simulation;
    }

    /** Whether a session has all its copies, and they are equal; or is known everywhere to have ended; or was never stored. */
    boolean isWell(LogicalSession session) {
        return session.keys.stream().allMatch(this::isWell);
    }

    /** Whether a session that is there has equal copies; what has ended needs not be known to have ended where there is no copy. */
    boolean isHealed(LogicalSession session) {
        return session.keys.stream()
                .allMatch(key -> isWell(key)
                        || held(key).stream()
                                .flatMap(Optional::stream)
                                .allMatch(copy -> StoredBytes.isTombstone(copy.value())));
    }

    private List<Optional<MemcachedModel.Found>> held(String key) {
        return ring(key).stream()
                .map(server -> server.model().get(SimulatedApp.KEY_PREFIX + key))
                .toList();
    }

    private boolean isWell(String key) {
        List<Optional<MemcachedModel.Found>> held = held(key);
        if (held.stream().allMatch(Optional::isEmpty)) {
            return true;
        }
        List<Optional<MemcachedModel.Found>> wanted = held.subList(0, Math.min(copies, held.size()));
        if (!wanted.stream().allMatch(Optional::isPresent)) {
            return false;
        }
        long stamp = wanted.get(0).orElseThrow().flags();
        boolean ended = StoredBytes.isTombstone(wanted.get(0).orElseThrow().value());
        return wanted.stream()
                .allMatch(copy -> ended
                        ? StoredBytes.isTombstone(copy.orElseThrow().value())
                        : copy.orElseThrow().flags() == stamp);
    }

    String describe(LogicalSession session) {
        StringBuilder text = new StringBuilder();
        for (String key : session.keys) {
            text.append(key, 0, 6).append(':');
            for (SimulatedServer server : ring(key)) {
                text.append(' ').append(server.id()).append('=');
                text.append(server.model()
                        .get(SimulatedApp.KEY_PREFIX + key)
                        .map(found -> StoredBytes.describe(found.value(), found.flags()))
                        .orElse("-"));
            }
            text.append("; ");
        }
        return text.toString();
    }

    private List<SimulatedServer> ring(String key) {
        List<SimulatedServer> order = new ArrayList<>();
        List<SimulatedNode> left = new ArrayList<>(simulation.apps().get(0).nodes());
        while (!left.isEmpty()) {
            SimulatedNode first = (SimulatedNode) new Ring(left).first(key);
            left.remove(first);
            order.add(first.server());
        }
        return order;
    }
}
