package io.sessionfilter.simulation;

import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.store.NodeId;
import io.sessionfilter.simulation.Plan.Request;
import io.sessionfilter.simulation.Plan.Step;
import java.util.ArrayList;
import java.util.List;

/** A simulated cluster, its clients, and what goes wrong; one run. */
final class Simulation {
    private static final long SETTLING = 4_000_000_000L;

    /** Long enough for a change of key that nobody ends to be given up. */
    private static final long HEALING = 16_000_000_000L;

    private static final int FIRST_AUDIT = 1000;

    private final Plan plan;
    private final Tested tested;
    private final Scheduler scheduler;
    private final History history;
    private final Invariants invariants;
    private final List<SimulatedServer> servers = new ArrayList<>();
    private final List<SimulatedApp> apps = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final List<Violation> unhealed = new ArrayList<>();
    private final SimulatedLink[][] links;
    private final Faults faults;
    private final Copies copies;

    /**
     * What is tried.
     *
     * @param stores makes the store of an app node
     * @param wrapper sees what a store sends
     */
    record Tested(SimulatedApp.Stores stores, SimulatedApp.Wrapper wrapper) {}

    private Simulation(Plan plan, Tested tested, Crew crew, boolean traced) {
        this.plan = plan;
        this.tested = tested;
        scheduler = new Scheduler(plan.seed(), crew);
        history = new History(scheduler, traced);
        invariants = new Invariants(history, this::written);
        for (int i = 0; i < plan.servers(); i++) {
            servers.add(new SimulatedServer(new NodeId("n" + (i + 1)), scheduler, new SimulatedTime(scheduler, 0)));
        }
        links = new SimulatedLink[plan.apps()][plan.servers()];
        for (SimulatedLink[] ofApp : links) {
            for (int i = 0; i < ofApp.length; i++) {
                ofApp[i] = new SimulatedLink(scheduler, plan.latency());
            }
        }
        copies = new Copies(plan.copies(), this);
        faults = new Faults(plan, this, scheduler);
    }

    /**
     * Runs a plan to its end, and says what was wrong.
     *
     * @param traced whether the outcome has a trace
     */
    static Outcome run(Plan plan, Tested tested, Crew crew, boolean traced) {
        Simulation simulation = new Simulation(plan, tested, crew, traced);
        simulation.live();
        return simulation.outcome();
    }

    private void live() {
        for (int i = 0; i < plan.apps(); i++) {
            apps.add(startApp(i, 0));
        }
        List<String> jar = new ArrayList<>();
        for (int client = 0; client < PlanGenerator.CLIENTS; client++) {
            int number = client;
            List<Request> own = plan.requests().stream()
                    .filter(request -> request.client() == number)
                    .toList();
            clients.add(new Client(own, plan.oneBrowser() ? jar : new ArrayList<>(), scheduler, this));
        }
        faults.begin();
        clients.forEach(Client::goOn);
        while (!clients.stream().allMatch(Client::isDone) || !faults.areOver()) {
            scheduler.sleep(100_000_000);
        }
        scheduler.sleep(SETTLING);
        audit();
        scheduler.sleep(HEALING);
        for (LogicalSession session : history.sessions()) {
            if (!copies.isHealed(session)) {
                unhealed.add(new Violation(Violation.Kind.NOT_HEALED, session, copies.describe(session)));
            }
        }
        scheduler.end();
    }

    /** In the end, every session is looked at on every app node, also under the keys that it had before. */
    private void audit() {
        int number = FIRST_AUDIT;
        for (LogicalSession session : history.sessions()) {
            for (String key : List.copyOf(session.keys)) {
                for (SimulatedApp app : apps) {
                    String cookie = new SessionId(key, null, null).toString();
                    Request request = new Request(number++, 0, 0, false, 1, app.index(), false, List.of(Step.READ), 0);
                    visit(request, app, cookie).run();
                }
            }
        }
    }

    private SimulatedApp startApp(int index, int generation) {
        SimulatedTime time = new SimulatedTime(scheduler, scheduler.random().nextLong() >> 8);
        SimulatedApp app = new SimulatedApp(index, generation, time);
        List<SimulatedNode> nodes = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            nodes.add(new SimulatedNode(servers.get(i), app, links[index][i], scheduler, invariants));
        }
        app.start(scheduler, nodes, tested.wrapper(), plan.sticky(), tested.stores());
        return app;
    }

    private Outcome outcome() {
        List<Violation> violations = new ArrayList<>(invariants.violations());
        if (scheduler.failure() != null) {
            violations.add(Violation.of(scheduler.failure()));
        }
        violations.addAll(new Checker(Checker.Trust.of(plan), history.sessions()).check());
        violations.addAll(unhealed);
        return Outcome.of(plan, history, violations, faults.begun(), scheduler.steps());
    }

    Visit visit(Request request, SimulatedApp app, String cookie) {
        return new Visit(request, plan.timeoutSeconds(), app, scheduler, history, faults, cookie);
    }

    /** The app node to which the balancer sends a request; {@code null}: there is none at the moment. */
    SimulatedApp balance(Request request, String cookie) {
        int wanted = request.app() % apps.size();
        if (plan.sticky() && cookie != null && !request.flaps()) {
            String route = SessionId.parse(cookie).route();
            for (SimulatedApp app : apps) {
                if (app.route().equals(route)) {
                    wanted = app.index();
                }
            }
        }
        for (int i = 0; i < apps.size(); i++) {
            SimulatedApp app = apps.get((wanted + i) % apps.size());
            if (app.isAlive()) {
                return app;
            }
        }
        return null;
    }

    private void written(LogicalSession session) {
        faults.written(session);
    }

    /** Whether something in the background of an app node had begun by a moment, is not over yet, and has to do with a session. */
    boolean isInBackground(LogicalSession session, long begunBy) {
        return apps.stream()
                .anyMatch(app -> app.isAlive()
                        && app.background().began <= begunBy
                        && session.keys.stream()
                                .anyMatch(key -> app.background().keys.contains(SimulatedApp.KEY_PREFIX + key)));
    }

    void killApp(int index) {
        apps.get(index).kill();
    }

    void restartApp(int index) {
        SimulatedApp before = apps.get(index);
        if (!before.isAlive()) {
            apps.set(index, startApp(index, before.generation() + 1));
        }
    }

    List<SimulatedApp> apps() {
        return apps;
    }

    List<SimulatedServer> servers() {
        return servers;
    }

    SimulatedLink link(int app, int server) {
        return links[app][server];
    }

    History history() {
        return history;
    }

    Copies copies() {
        return copies;
    }

    /** A memcached node runs out of memory, and forgets some of what it has. */
    void evict(SimulatedServer server, int variant) {
        for (LogicalSession session : history.sessions()) {
            if (variant < 30 || scheduler.random().nextBoolean()) {
                session.keys.forEach(key -> server.evict(SimulatedApp.KEY_PREFIX + key));
            }
        }
    }
}
