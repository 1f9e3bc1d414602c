package io.sessionfilter.simulation;

import io.sessionfilter.simulation.Exchange.Found;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What clients and applications have seen, in order. */
final class History {
    private final Scheduler scheduler;
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<LogicalSession> sessions = new ArrayList<>();
    private final Map<String, LogicalSession> byKey = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private final boolean traced;
    private long clock;

    /**
     * @param traced whether {@link #note} notes anything
     */
    History(Scheduler scheduler, boolean traced) {
        this.scheduler = scheduler;
        this.traced = traced;
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    List<LogicalSession> sessions() {
        return sessions;
    }

    LogicalSession sessionOf(String key) {
        return byKey.get(key);
    }

    /** Something that is worth a line in the trace. */
    void note(Supplier<String> event) {
        if (traced) {
            Exchange current = scheduler.current().exchange;
            events.add(scheduler.now() / 1_000_000 + "." + scheduler.now() / 1000 % 1000 + " ms "
                    + (current == null ? "" : "#" + current.number + " ") + event.get());
        }
    }

    /** The next moment of history. */
    long tick() {
        return ++clock;
    }

    List<String> trace() {
        List<String> trace = new ArrayList<>(events);
        if (traced) {
            exchanges.forEach(exchange -> trace.add(exchange.toString()));
        }
        return trace;
    }

    Exchange sent(Exchange exchange, String key) {
        note(() -> "request #" + exchange.number + " on " + exchange.app + " with " + exchange.cookie);
        exchange.sent = ++clock;
        exchange.sentAt = scheduler.now();
        exchange.key = key;
        exchange.cookieSession = key == null ? null : byKey.get(key);
        exchanges.add(exchange);
        if (exchange.cookieSession != null) {
            exchange.cookieSession.exchanges.add(exchange);
        }
        return exchange;
    }

    void opened(Exchange exchange, Found found) {
        exchange.opened = ++clock;
        exchange.found = found;
        exchange.session = found == Found.LIVE ? exchange.cookieSession : null;
    }

    LogicalSession created(Exchange exchange, String key, int timeout) {
        LogicalSession session = new LogicalSession(sessions.size() + 1, key, timeout);
        sessions.add(session);
        byKey.put(key, session);
        exchange.session = session;
        exchange.created = true;
        session.exchanges.add(exchange);
        return session;
    }

    void changedKey(Exchange exchange, String key) {
        exchange.changedKey = true;
        know(exchange.session, key);
        if (!key.equals(exchange.changingFrom)) {
            exchange.session.changers.putIfAbsent(key, exchange);
        }
    }

    /** What a client is told; that may be a key that the session has got from a parallel request, which has not been answered yet. */
    void told(Exchange exchange, String key) {
        if (exchange.session != null) {
            know(exchange.session, key);
        }
    }

    private void know(LogicalSession session, String key) {
        if (!session.keys.contains(key)) {
            session.keys.add(key);
            byKey.put(key, session);
        }
    }

    void received(Exchange exchange) {
        note(() -> "response #" + exchange.number + " " + exchange.commit);
        exchange.received = ++clock;
        exchange.receivedAt = scheduler.now();
    }
}
