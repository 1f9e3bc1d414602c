package io.sessionfilter.simulation;

import java.util.List;

/**
 * The library with one rule of the store protocol taken out, to see whether the checker notices.
 *
 * @param name which rule, in the words of facts and design
 * @param edits what to change in the sources
 */
record Mutant(String name, List<Edit> edits) {
    private static final String STORE = "io/sessionfilter/internal/store/";

    /**
     * A change of one source file.
     *
     * @param file under src/main/java
     * @param original must be there exactly once, white space aside
     * @param replacement takes its place
     */
    record Edit(String file, String original, String replacement) {}

    private static Edit edit(String file, String original, String replacement) {
        return new Edit(STORE + file, original, replacement);
    }

    static final Mutant SECOND_COPY_WRITTEN_UNCONDITIONALLY = new Mutant(
            "an unconditional write of the second copy",
            List.of(edit(
                    "Placement.java",
                    "written = held == null ?",
                    "written = node != order.get(0) ? node.set(survey.storageKey(), item).await() : held == null ?")));

    static final Mutant NO_TOMBSTONE = new Mutant(
            "no tombstone",
            List.of(edit(
                    "StoreContext.java",
                    "return new Item(tombstone.bytes(), newStamp(), timeToLive.ofTombstone(timeoutSeconds));",
                    // The items are gone at once: what memcached's delete would do.
                    "return new Item(tombstone.bytes(), newStamp(), -1);")));

    static final Mutant ONE_COPY_READ = new Mutant(
            "only one copy read",
            List.of(
                    edit(
                            "Survey.java",
                            "return homes.first(context.copies(), this::isUsable);",
                            "return homes.first(ofOneCopy ? 1 : context.copies(), this::isUsable);"),
                    edit(
                            "Survey.java",
                            "private boolean assumedMissing;",
                            "private boolean assumedMissing; boolean ofOneCopy;"),
                    edit(
                            "Opening.java",
                            "this.survey = new Survey(context, key, known);",
                            "this.survey = new Survey(context, key, known); survey.ofOneCopy = true;")));

    static final Mutant NO_LINEAGE = new Mutant(
            "no lineage",
            List.of(
                    new Edit(
                            "io/sessionfilter/internal/session/CommitAttempt.java",
                            "return begun && record.contains(id);",
                            "return false;"),
                    edit(
                            "Placement.java",
                            "return held.stamp() == item.stamp() ||",
                            "return held.stamp() == item.stamp() || false &&")));

    // Where it is used, and not where it is defined: the compiler has put the constant there.
    static final Mutant NO_UNDECIDED_STEP = new Mutant(
            "no 2^32 step",
            List.of(
                    edit(
                            "Committing.java",
                            "first(placement.isDecidedByFirst() ? 1 : StoreContext.UNDECIDED_STEP)",
                            "first(1)"),
                    edit(
                            "Committing.java",
                            "long step = base.isStored() && placement.isDecidedByFirst() ? 1 : StoreContext.UNDECIDED_STEP;",
                            "long step = 1;"),
                    edit(
                            "Restoring.java",
                            "record.revision() + StoreContext.UNDECIDED_STEP",
                            "record.revision() + 1")));

    static final Mutant BOTH_WRITES_IN_FLIGHT = new Mutant(
            "both writes in flight together",
            List.of(
                    edit(
                            "Placement.java",
                            "boolean firstHasIt = false;",
                            "for (MemcachedNode node : order) { Held held = survey.held(node);"
                                    + " if (held == null || !isAtLeast(held, record, item)) {"
                                    + " inFlight.put(node, held == null ? node.add(survey.storageKey(), item)"
                                    + " : node.compareAndSet(survey.storageKey(), item, held.token())); } }"
                                    + " boolean firstHasIt = false;"),
                    edit(
                            "Placement.java",
                            "private boolean unanswered;",
                            "private boolean unanswered; private final java.util.Map<MemcachedNode, NodeCall<Written>> inFlight"
                                    + " = new java.util.LinkedHashMap<>();"),
                    edit(
                            "Placement.java",
                            "written = held == null ? node.add(survey.storageKey(), item).await()"
                                    + " : node.compareAndSet(survey.storageKey(), item, held.token()) .await();",
                            "written = inFlight.get(node).await();")));

    static final Mutant WHO_LOST_ITS_COPY_DECIDES = new Mutant(
            "a node that lost its copy decides",
            List.of(
                    edit(
                            "Placement.java",
                            "chosen.stream().filter(node -> survey.held(node) != null).forEach(order::add);",
                            "order.addAll(chosen);"),
                    edit(
                            "Placement.java",
                            "chosen.stream().filter(node -> survey.held(node) == null).forEach(order::add);",
                            "")));

    static final Mutant DECIDING_READ_RENEWS = new Mutant(
            "renewal riding on the deciding read",
            List.of(
                    edit(
                            "Opening.java",
                            "long renewal = inUse == null ? MemcachedNode.NO_RENEWAL : context.ttlOf(inUse.record());",
                            "long renewal = near == null ? MemcachedNode.NO_RENEWAL : context.ttlOf(near.record());"),
                    edit(
                            "Opening.java",
                            "this.survey = new Survey(context, key, known);",
                            "this.survey = new Survey(context, key, known); this.near = known;"),
                    edit(
                            "Opening.java",
                            "private final int knownStamp;",
                            "private final int knownStamp; private final @Nullable StoredRecord near;")));

    static final Mutant AN_OUTAGE_IS_AN_ABSENCE = new Mutant(
            "an outage taken for an absence",
            List.of(edit(
                    "Survey.java",
                    "return answered > 0 && (unasked == 0 || (unasked < context.copies() && !suspect));",
                    "return true;")));

    static final List<Mutant> ALL = List.of(
            AN_OUTAGE_IS_AN_ABSENCE,
            SECOND_COPY_WRITTEN_UNCONDITIONALLY,
            NO_TOMBSTONE,
            ONE_COPY_READ,
            NO_LINEAGE,
            NO_UNDECIDED_STEP,
            BOTH_WRITES_IN_FLIGHT,
            WHO_LOST_ITS_COPY_DECIDES,
            DECIDING_READ_RENEWS);

    @Override
    public String toString() {
        return name;
    }
}
