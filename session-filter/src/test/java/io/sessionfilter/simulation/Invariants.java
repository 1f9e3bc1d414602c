package io.sessionfilter.simulation;

import io.sessionfilter.internal.store.Item;
import io.sessionfilter.simulation.SimulatedNode.WriteKind;
import io.sessionfilter.simulation.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** PROTOCOL.md section 9, as far as it can be seen at the memcached nodes. */
final class Invariants implements SimulatedNode.Observer {
    private final History history;
    private final Consumer<LogicalSession> afterWrite;
    private final List<Violation> violations = new ArrayList<>();

    /**
     * @param afterWrite is told of each write to a session
     */
    Invariants(History history, Consumer<LogicalSession> afterWrite) {
        this.history = history;
        this.afterWrite = afterWrite;
    }

    List<Violation> violations() {
        return violations;
    }

    @Override
    public void sending(SimulatedNode node, WriteKind kind, String key, Item item) {
        if (kind == WriteKind.SET && !StoredBytes.isTombstone(item.value())) {
            violated(key, node, "1: " + node.app() + " writes a session unconditionally", item, null);
        }
    }

    @Override
    public void applied(SimulatedNode node, WriteKind kind, String key, Item item, byte[] before, boolean stored) {
        note(
                node,
                () -> kind + " " + key + ": " + (before == null ? "-" : StoredBytes.describe(before)) + " -> "
                        + StoredBytes.describe(item.value(), item.stamp()) + (stored ? "" : " refused"));
        LogicalSession session = sessionOf(key);
        if (stored && session != null) {
            afterWrite.accept(session);
        }
        if (!stored || before == null) {
            return;
        }
        byte[] after = item.value();
        if (StoredBytes.isTombstone(before) && !StoredBytes.isTombstone(after)) {
            violated(key, node, "3: a tombstone was replaced", item, before);
        }
        if (StoredBytes.revision(after) < StoredBytes.revision(before)) {
            violated(key, node, "3: the revision fell", item, before);
        }
        if (StoredBytes.isAppliedTwice(after)) {
            violated(key, node, "5: a commit was applied twice", item, before);
        }
    }

    @Override
    public void note(SimulatedNode node, Supplier<String> what) {
        history.note(() -> node.app() + "/" + node.id() + " " + what.get());
    }

    private LogicalSession sessionOf(String key) {
        return history.sessionOf(key.substring(SimulatedApp.KEY_PREFIX.length()));
    }

    private void violated(String key, SimulatedNode node, String text, Item item, byte[] before) {
        LogicalSession session = sessionOf(key);
        violations.add(new Violation(
                Kind.INVARIANT,
                session,
                text + ", on " + node.id() + " by " + node.app() + ": "
                        + (before == null ? "-" : StoredBytes.describe(before)) + " -> "
                        + StoredBytes.describe(item.value(), item.stamp())));
    }
}
