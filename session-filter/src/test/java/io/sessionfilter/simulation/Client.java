package io.sessionfilter.simulation;

import io.sessionfilter.simulation.Plan.Request;
import java.util.List;

/** A browser: sends its requests, some at once, and keeps the cookie. */
final class Client {
    private final List<Request> requests;
    private final Scheduler scheduler;
    private final Simulation simulation;

    /** All that it ever had, the current one last; {@code null}: it had none then. */
    private final List<String> cookies;

    private int next;
    private int outstanding;
    private boolean starting;

    /**
     * @param cookies its cookies, which it may share with others
     */
    Client(List<Request> requests, List<String> cookies, Scheduler scheduler, Simulation simulation) {
        this.requests = requests;
        this.scheduler = scheduler;
        this.simulation = simulation;
        this.cookies = cookies;
        cookies.add(null);
    }

    boolean isDone() {
        return next == requests.size() && outstanding == 0 && !starting;
    }

    /** Starts what may start now. */
    void goOn() {
        if (!starting
                && next < requests.size()
                && (outstanding == 0 || requests.get(next).parallel())) {
            starting = true;
            Request request = requests.get(next++);
            scheduler.at(scheduler.now() + request.gap(), () -> start(request));
        }
    }

    private void start(Request request) {
        int current = cookies.size() - 1;
        String cookie = cookies.get(Math.max(0, current - request.oldCookie()));
        SimulatedApp app = simulation.balance(request, cookie);
        if (app == null) {
            scheduler.at(scheduler.now() + 200_000_000, () -> start(request));
            return;
        }
        starting = false;
        outstanding++;
        scheduler.start(app, () -> run(request, app, cookie));
        goOn();
    }

    private void run(Request request, SimulatedApp app, String cookie) {
        try {
            String received = simulation.visit(request, app, cookie).run();
            if (request.oldCookie() == 0 && !java.util.Objects.equals(received, cookies.get(cookies.size() - 1))) {
                cookies.add(received);
            }
        } finally {
            outstanding--;
            goOn();
        }
    }
}
