package io.sessionfilter.simulation;

import io.sessionfilter.simulation.Plan.Fault;
import io.sessionfilter.simulation.Plan.FaultKind;
import io.sessionfilter.simulation.SimulatedLink.Cut;
import io.sessionfilter.simulation.SimulatedLink.Mishap;
import java.util.ArrayList;
import java.util.List;

/** Makes things go wrong as planned, and knows which sessions two faults have met at once (PROTOCOL.md section 8). */
final class Faults {
    private static final long POLL = 100_000_000;
    private static final long NOT_YET = Long.MAX_VALUE;
    private static final long LONGEST_RECOVERY = 5_000_000_000L;

    private static final List<Cut> CUTS = List.of(Cut.BLACK_HOLE, Cut.ANSWERS_HELD, Cut.REFUSED);

    private final Plan plan;
    private final Simulation simulation;
    private final Scheduler scheduler;
    private final List<Fault> begun = new ArrayList<>();
    private int active;
    private int waiting;
    private boolean overlapping;

    Faults(Plan plan, Simulation simulation, Scheduler scheduler) {
        this.plan = plan;
        this.simulation = simulation;
        this.scheduler = scheduler;
    }

    void begin() {
        for (int i = 0; i < plan.faults().size(); i++) {
            Fault fault = plan.faults().get(i);
            if (i == 0 || !fault.afterOthers()) {
                waiting++;
                scheduler.at(fault.begin(), () -> begin(fault));
            }
        }
    }

    List<Fault> begun() {
        return begun;
    }

    /** Whether all has happened, and all that comes back is back. */
    boolean areOver() {
        return active == 0 && waiting == 0;
    }

    /** Whether a session that is created now is met by two faults at once. */
    boolean isOverlapping() {
        return overlapping;
    }

    /** Something of a session was written. */
    void written(LogicalSession session) {
        if (session.recoveredAt == NOT_YET && simulation.copies().isWell(session)) {
            session.recoveredAt = scheduler.now();
        }
    }

    private void begin(Fault fault) {
        waiting--;
        if (active > 0 || fault.kind().isMultiple() || (!begun.isEmpty() && !isWell())) {
            overlapping = true;
            simulation.history().sessions().forEach(session -> session.overlapped = true);
        } else if (!begun.isEmpty()) {
            simulation.history().sessions().stream()
                    .filter(session -> !simulation.copies().isWell(session)
                            || hasRequestFromBefore(session)
                            || simulation.isInBackground(session, session.recoveredAt))
                    .forEach(session -> session.overlapped = true);
        }
        begun.add(fault);
        active++;
        simulation.history().note(() -> fault + " begins");
        Runnable end = happen(fault);
        scheduler.at(scheduler.now() + fault.duration(), () -> {
            end.run();
            simulation.history().note(() -> fault.kind() + " ends");
            scheduler.at(scheduler.now() + aftermath(fault.kind()), () -> over(fault));
        });
    }

    /** How long something of it may still be under way after its end. */
    private static long aftermath(FaultKind kind) {
        return switch (kind) {
            case MUCH_LATER -> 5_000_000_000L;
            case FREEZE, ALL_DOWN -> 2_500_000_000L;
            // What had no answer is given up by now, and so is the connection on which that was one time too many.
            case DELAY, NO_ANSWER, NEVER_SENT, CUT -> 2 * SimulatedNode.OPERATION_TIMEOUT;
            default -> 0;
        };
    }

    private void over(Fault fault) {
        active--;
        for (LogicalSession session : simulation.history().sessions()) {
            session.recoveredAt = simulation.copies().isWell(session) ? scheduler.now() : NOT_YET;
        }
        int next = plan.faults().indexOf(fault) + 1;
        if (next < plan.faults().size() && plan.faults().get(next).afterOthers()) {
            waiting++;
            beginWhenWell(plan.faults().get(next), scheduler.now() + LONGEST_RECOVERY);
        }
    }

    private void beginWhenWell(Fault fault, long latest) {
        if (isWell() || scheduler.now() > latest) {
            scheduler.at(scheduler.now() + fault.begin(), () -> begin(fault));
        } else {
            scheduler.at(scheduler.now() + POLL, () -> beginWhenWell(fault, latest));
        }
    }

    private boolean isWell() {
        return active == 0
                && simulation.apps().stream()
                        .allMatch(app -> app.isAlive() && app.nodes().stream().allMatch(SimulatedNode::isConnected));
    }

    private boolean hasRequestFromBefore(LogicalSession session) {
        return session.exchanges.stream()
                .anyMatch(exchange -> !exchange.isAnswered() && exchange.sentAt <= session.recoveredAt);
    }

    /** Lets it happen, and says how it ends. */
    private Runnable happen(Fault fault) {
        int app = fault.app() % plan.apps();
        SimulatedServer server = simulation.servers().get(fault.server() % plan.servers());
        SimulatedLink link = simulation.link(app, fault.server() % plan.servers());
        return switch (fault.kind()) {
            case DELAY -> {
                List<SimulatedLink> slow = fault.variant() < 50 ? List.of(link) : linksTo(server);
                slow.forEach(each -> each.slowDown(1_000_000L + fault.variant() * 2_000_000L));
                yield () -> slow.forEach(SimulatedLink::heal);
            }
            case NO_ANSWER -> mishap(link, Mishap.NO_ANSWER, fault);
            case NEVER_SENT -> mishap(link, Mishap.NEVER_SENT, fault);
            case MUCH_LATER -> mishap(link, Mishap.MUCH_LATER, fault);
            case KILL, RESTART_EMPTY -> {
                server.kill(fault.variant() < 30);
                yield server::start;
            }
            case FREEZE -> {
                server.freeze();
                yield server::thaw;
            }
            case CUT -> cut(List.of(link), fault);
            case OPPOSITE_CUTS -> {
                int otherApp = (app + 1) % plan.apps();
                int otherServer = (fault.server() + 1) % plan.servers();
                yield cut(List.of(link, simulation.link(otherApp, otherServer)), fault);
            }
            case EVICTION -> {
                simulation.evict(server, fault.variant());
                yield () -> {};
            }
            case APP_KILL -> {
                simulation.killApp(app);
                yield () -> simulation.restartApp(app);
            }
            case ALL_DOWN -> allDown(fault);
            case CLOCK_SKEW -> {
                long skew = (fault.variant() - 50) * 7_777_777L;
                simulation.apps().get(app).time().skew(skew);
                yield () -> {};
            }
        };
    }

    private static Runnable mishap(SimulatedLink link, Mishap kind, Fault fault) {
        link.mishap(kind, 1 + fault.variant() % 3);
        return link::heal;
    }

    private Runnable cut(List<SimulatedLink> links, Fault fault) {
        Cut how = CUTS.get(fault.variant() % CUTS.size());
        links.forEach(link -> link.cut(how));
        if (how == Cut.REFUSED) {
            simulation
                    .apps()
                    .forEach(app -> app.nodes().stream()
                            .filter(node -> links.contains(node.link))
                            .forEach(SimulatedNode::reset));
        }
        return () -> links.forEach(SimulatedLink::heal);
    }

    private Runnable allDown(Fault fault) {
        List<SimulatedServer> all = simulation.servers();
        if (!fault.losesCopies()) {
            all.forEach(SimulatedServer::freeze);
            return () -> all.forEach(SimulatedServer::thaw);
        }
        all.forEach(server -> server.kill(fault.variant() < 60));
        return () -> all.forEach(SimulatedServer::start);
    }

    private List<SimulatedLink> linksTo(SimulatedServer server) {
        List<SimulatedLink> found = new ArrayList<>();
        for (int app = 0; app < plan.apps(); app++) {
            found.add(simulation.link(app, simulation.servers().indexOf(server)));
        }
        return found;
    }
}
