package io.sessionfilter.simulation;

import io.sessionfilter.simulation.Plan.Fault;
import java.util.List;

/**
 * What came of a run.
 *
 * @param violations of promises that should have been kept
 * @param divergences what only overlapping faults can do, and did
 * @param begun the faults that happened
 * @param requests how many there were
 * @param steps of the scheduler
 * @param trace what happened, for people; empty if it was not asked for
 * @param tally what was decided of sessions for which there is no excuse
 */
record Outcome(
        List<Violation> violations,
        List<Violation> divergences,
        List<Fault> begun,
        int requests,
        long steps,
        List<String> trace,
        Tally tally) {

    static Outcome of(Plan plan, History history, List<Violation> all, List<Fault> begun, long steps) {
        boolean twoAtATime = begun.stream().anyMatch(fault -> fault.kind().isMultiple())
                || begun.stream().filter(fault -> fault.kind().touchesCopies).count() > 1;
        // However many nodes cannot be asked: while their copies are there, nobody may say that there is no such
        // session.
        boolean nothingIsLost = begun.stream().noneMatch(Fault::losesCopies);
        List<Violation> divergences = all.stream()
                .filter(violation -> twoAtATime
                        && !(violation.kind() == Violation.Kind.LOST_SESSION && nothingIsLost)
                        && violation.session() != null
                        && violation.session().overlapped
                        && violation.kind().mayFollowFromOverlappingFaults())
                .toList();
        List<Violation> violations = all.stream()
                .filter(violation -> !divergences.contains(violation))
                .toList();
        Tally tally = Tally.sum(history.sessions().stream()
                .filter(session -> !(twoAtATime && session.overlapped))
                .map(session -> session.tally)
                .toList());
        violations.forEach(violation -> tally.violated(violation.kind()));
        return new Outcome(violations, divergences, begun, history.exchanges().size(), steps, history.trace(), tally);
    }
}
