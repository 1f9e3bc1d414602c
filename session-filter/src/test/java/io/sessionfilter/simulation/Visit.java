package io.sessionfilter.simulation;

import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.session.SessionManager;
import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.SessionUse;
import io.sessionfilter.internal.session.SessionUse.Commit;
import io.sessionfilter.simulation.Exchange.Change;
import io.sessionfilter.simulation.Exchange.Found;
import io.sessionfilter.simulation.Plan.Request;
import io.sessionfilter.simulation.Plan.Step;
import java.util.ArrayList;
import java.util.List;

/** One request, as an application node lives it. */
final class Visit {
    static final String SHARED = "shared";
    static final String LOG = "log";
    private static final String OWN = "own";

    private final Request request;
    private final int timeout;
    private final SessionManager manager;
    private final Scheduler scheduler;
    private final History history;
    private final Faults faults;
    private final Exchange exchange;
    private final boolean mayCreate;

    Visit(
            Request request,
            int timeout,
            SimulatedApp app,
            Scheduler scheduler,
            History history,
            Faults faults,
            String cookie) {
        this.request = request;
        this.timeout = timeout;
        this.manager = app.manager();
        this.scheduler = scheduler;
        this.history = history;
        this.faults = faults;
        this.exchange = new Exchange(request.number(), app.toString(), app.index(), cookie);
        this.mayCreate = request.oldCookie() == 0;
    }

    /**
     * Runs on a thread of the app node.
     *
     * @return the cookie that the client has afterwards; {@code null}: none
     */
    String run() {
        scheduler.current().exchange = exchange;
        SessionId id = exchange.cookie == null ? null : SessionId.parse(exchange.cookie);
        history.sent(exchange, id == null ? null : id.key());
        SessionUse use = id == null ? null : open(id);
        if (use == null && mayCreate) {
            use = manager.create(timeout);
            history.created(exchange, use.id().key(), timeout).overlapped = faults.isOverlapping();
        }
        String cookie = exchange.cookie;
        if (use != null) {
            try {
                read(use);
                apply(use);
            } catch (IllegalStateException e) {
                exchange.foundEnded = true;
            }
            if (!exchange.invalidated) {
                commit(use);
            }
            use.active(false);
            if (use.isValid()) {
                history.told(exchange, use.id().key());
            }
            cookie = exchange.invalidated ? null : use.id().toString();
        }
        history.received(exchange);
        scheduler.current().exchange = null;
        return cookie;
    }

    private SessionUse open(SessionId id) {
        Opened opened = manager.open(id);
        if (opened instanceof Opened.Live live) {
            history.opened(exchange, Found.LIVE);
            return live.session();
        }
        history.opened(exchange, opened instanceof Opened.Absent ? Found.ABSENT : Found.UNKNOWN);
        return null;
    }

    private void read(SessionUse use) {
        for (String name : use.attributeNames()) {
            if (!name.equals(LOG) || readsLog()) {
                List<String> tokens = tokens(use.attribute(name));
                if (!tokens.isEmpty()) {
                    exchange.seen.put(name, tokens);
                }
            }
        }
        exchange.read = true;
        exchange.readLog = readsLog();
    }

    private boolean readsLog() {
        return request.steps().contains(Step.READ) || request.steps().contains(Step.APPEND);
    }

    private static List<String> tokens(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Object::toString).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }

    private void apply(SessionUse use) {
        for (Step step : request.steps()) {
            if (exchange.invalidated) {
                return;
            }
            apply(step, use);
            scheduler.pause();
        }
    }

    private void apply(Step step, SessionUse use) {
        switch (step) {
            case READ -> {
                // as every request does
            }
            case SET_OWN -> set(use, OWN + request.number());
            case SET_SHARED -> set(use, SHARED);
            case APPEND -> append(use);
            case REMOVE -> remove(use);
            case CHANGE_KEY -> {
                exchange.changingFrom = use.id().key();
                exchange.changing = history.tick();
                use.changeKey();
                if (use.isValid()) {
                    history.changedKey(exchange, use.id().key());
                }
            }
            case INVALIDATE -> {
                exchange.invalidating = true;
                use.invalidate();
                exchange.invalidated = true;
            }
            case SET_TIMEOUT -> {
                int changed = timeout * (1 + request.number() % 3);
                if (exchange.session != null) { // else nobody knows whose session it is
                    exchange.session.timeouts.add(changed);
                }
                use.maxInactiveInterval(changed);
            }
            case FLUSH -> commit(use);
            case THINK -> scheduler.sleep(request.thinking());
        }
    }

    private void set(SessionUse use, String name) {
        String token = "t" + request.number();
        List<String> base = tokens(use.attribute(name));
        use.setAttribute(name, token);
        exchange.changes.add(new Change(name, token, base, List.of(token)));
    }

    private void append(SessionUse use) {
        String token = "t" + request.number();
        Object value = use.attribute(LOG);
        List<String> base = tokens(value);
        if (value instanceof List<?>) {
            @SuppressWarnings("unchecked") // only we put it there
            List<String> log = (List<String>) value;
            log.add(token);
        } else {
            use.setAttribute(LOG, new ArrayList<>(List.of(token)));
        }
        List<String> result = new ArrayList<>(base);
        result.add(token);
        exchange.changes.add(new Change(LOG, token, base, result));
    }

    private void remove(SessionUse use) {
        List<String> own = use.attributeNames().stream()
                .filter(name -> name.startsWith(OWN))
                .sorted()
                .toList();
        if (!own.isEmpty()) {
            String name = own.get(request.number() % own.size());
            List<String> base = tokens(use.attribute(name));
            use.removeAttribute(name);
            exchange.changes.add(new Change(name, null, base, List.of()));
        }
    }

    private void commit(SessionUse use) {
        int changes = exchange.changes.size();
        Commit result = use.commit();
        exchange.commit = result;
        switch (result) {
            case STORED, NOTHING -> exchange.acknowledged = changes;
            case LOCAL, LATER, TOO_LARGE -> exchange.keptLocally = true;
            case ENDED -> exchange.foundEnded = true;
        }
    }
}
