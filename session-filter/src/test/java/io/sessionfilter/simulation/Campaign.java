package io.sessionfilter.simulation;

import io.sessionfilter.simulation.Plan.Fault;
import io.sessionfilter.simulation.Plan.FaultKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/** Runs schedule after schedule, on all processors, and counts. */
final class Campaign {
    /** For one kind of fault, and a number of memcached nodes: how often, and what came of it. */
    private static final class Counts {
        private int tries;
        private final Map<Violation.Kind, Integer> violations = new EnumMap<>(Violation.Kind.class);
        private final Map<Violation.Kind, Integer> divergences = new EnumMap<>(Violation.Kind.class);
    }

    private final int copies;
    private final Simulation.Tested tested;
    private final Map<String, Counts> tallies = new TreeMap<>();
    private final FaultTable table = new FaultTable();
    private final List<Long> failing = new ArrayList<>();
    private final long begin = System.nanoTime();
    private long schedules;
    private long requests;
    private long steps;
    private long faults;
    private Throwable broken;

    private Campaign(int copies, Simulation.Tested tested) {
        this.copies = copies;
        this.tested = tested;
    }

    /**
     * Tries schedules.
     *
     * @param skipped how many seeds to leave out
     * @param goesOn whether to try one more: the how manieth it would be
     */
    static Campaign run(int copies, long skipped, LongPredicate goesOn) throws InterruptedException {
        Campaign campaign = new Campaign(copies, Tried.library(copies));
        AtomicLong numbers = new AtomicLong();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread worker = new Thread(() -> campaign.work(numbers, skipped, goesOn), "campaign-" + i);
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (campaign.broken != null) {
            throw new AssertionError("the simulation itself has failed", campaign.broken);
        }
        return campaign;
    }

    private void work(AtomicLong numbers, long skipped, LongPredicate goesOn) {
        try {
            Crew crew = new Crew();
            long number = numbers.incrementAndGet();
            while (goesOn.test(number)) {
                Plan plan = PlanGenerator.generate(skipped + number, copies);
                count(plan, Simulation.run(plan, tested, crew, false));
                number = numbers.incrementAndGet();
            }
        } catch (RuntimeException | Error e) {
            broken = e;
        }
    }

    private synchronized void count(Plan plan, Outcome outcome) {
        schedules++;
        requests += outcome.requests();
        steps += outcome.steps();
        faults += outcome.begun().size();
        if (!outcome.violations().isEmpty()) {
            failing.add(plan.seed());
        }
        for (FaultKind kind :
                outcome.begun().stream().map(Fault::kind).distinct().toList()) {
            table.count(kind.toString(), plan.servers(), outcome.tally());
            Counts tally = tallies.computeIfAbsent(kind + " on " + plan.servers(), key -> new Counts());
            tally.tries++;
            outcome.violations().forEach(violation -> tally.violations.merge(violation.kind(), 1, Integer::sum));
            outcome.divergences().forEach(violation -> tally.divergences.merge(violation.kind(), 1, Integer::sum));
        }
    }

    /** The seeds of the schedules in which a promise was broken. */
    List<Long> failing() {
        return failing;
    }

    /** What was tried against which fault. */
    FaultTable table() {
        return table;
    }

    long schedules() {
        return schedules;
    }

    /** What was tried, and what came of it. */
    String report() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        StringBuilder text = new StringBuilder(String.format(
                "%d schedules, %d requests, %d faults, %d steps in %.1f s (%.0f schedules a second); %d copies; failing: %s%n",
                schedules, requests, faults, steps, seconds, schedules / seconds, copies, failing));
        text.append(String.format(
                "%-28s %8s  %-12s %s%n",
                "fault, memcached nodes", "tries", "violations", "divergences (by overlapping faults)"));
        tallies.forEach((name, tally) -> text.append(String.format(
                "%-28s %8d  %-12s %s%n",
                name,
                tally.tries,
                tally.violations.isEmpty() ? "0" : tally.violations,
                tally.divergences.isEmpty() ? "0" : tally.divergences)));
        return text.toString();
    }

    /** The first failing schedule, made as small as it can be, with its trace. */
    String explanation() {
        Crew crew = new Crew();
        Plan plan = PlanGenerator.generate(failing.get(0), copies);
        Plan small = Shrinker.shrink(
                plan,
                tried ->
                        !Simulation.run(tried, tested, crew, false).violations().isEmpty());
        Outcome outcome = Simulation.run(small, tested, crew, true);
        StringBuilder text = new StringBuilder("seed " + plan.seed() + " shrunk to "
                + small.requests().size() + " requests and the faults " + small.faults() + "\n");
        outcome.violations().forEach(violation -> text.append(violation).append('\n'));
        outcome.trace().forEach(line -> text.append("    ").append(line).append('\n'));
        return text.toString();
    }
}
