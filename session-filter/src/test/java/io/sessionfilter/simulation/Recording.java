package io.sessionfilter.simulation;

import io.sessionfilter.simulation.Exchange.Change;
import io.sessionfilter.simulation.Exchange.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The history of clients of real app nodes, for the simulation's {@link Checker}. A response is an acknowledgement of all that its request has
 * changed. Safe for use by many threads.
 */
public final class Recording {
    private final Checker.Trust trust;
    private final Map<String, LogicalSession> byKey = new LinkedHashMap<>();
    private final List<LogicalSession> sessions = new ArrayList<>();
    private final long begin = System.nanoTime();
    private long clock;
    private int number;

    /**
     * Begins one.
     *
     * @param routePrefix of app nodes, which are numbered
     * @param sticky whether they trust their near-cache
     * @param trusted for how long
     */
    public Recording(String routePrefix, boolean sticky, Duration trusted) {
        this.trust = new Checker.Trust(routePrefix, sticky, trusted);
    }

    /**
     * A request is about to be sent.
     *
     * @param appNode the number of the app node
     * @param cookie the session id that goes with it; {@code null}: none
     * @return for what comes of it
     */
    public synchronized Request sent(int appNode, @Nullable String cookie) {
        Exchange exchange = new Exchange(++number, "node" + appNode, appNode, cookie);
        exchange.sent = ++clock;
        exchange.sentAt = System.nanoTime() - begin;
        if (cookie != null) {
            exchange.key = key(cookie);
            exchange.cookieSession = byKey.get(exchange.key);
            exchange.session = exchange.cookieSession; // until the response says otherwise
            if (exchange.cookieSession != null) {
                exchange.cookieSession.exchanges.add(exchange);
            }
        }
        return new Request(exchange);
    }

    /**
     * The part of a session id that identifies.
     *
     * @param id of a cookie
     * @return what comes before node and route
     */
    public static String key(String id) {
        return id.split("[-.]", 2)[0];
    }

    /**
     * Decides. To be called when all requests have been answered or given up.
     *
     * @return what is wrong, for people
     */
    public synchronized List<String> violations() {
        return check().stream().map(this::explain).toList();
    }

    /**
     * How often each promise was put to the test, and broken.
     *
     * @return the numbers, of all sessions
     */
    public synchronized Tally tally() {
        List<Violation> violations = check();
        Tally tally = Tally.sum(sessions.stream().map(session -> session.tally).toList());
        violations.forEach(violation -> tally.violated(violation.kind()));
        return tally;
    }

    private List<Violation> check() {
        sessions.forEach(session -> session.tally = new Tally());
        return new Checker(trust, sessions).check();
    }

    private String explain(Violation violation) {
        StringBuilder text = new StringBuilder(violation.toString());
        if (violation.session() != null) {
            violation
                    .session()
                    .exchanges
                    .forEach(exchange -> text.append("\n    ").append(exchange));
        }
        return text.toString();
    }

    /**
     * One session's latest cookie may have gone with the last response; this finds sessions that should be there.
     *
     * @return a key of each session that nobody has wanted to end
     */
    public synchronized List<String> keysOfLiveSessions() {
        return sessions.stream()
                .filter(session -> session.exchanges.stream().noneMatch(exchange -> exchange.invalidating))
                .map(LogicalSession::currentKey)
                .toList();
    }

    /** What comes of one request. */
    public final class Request {
        private final Exchange exchange;

        private Request(Exchange exchange) {
            this.exchange = exchange;
        }

        /**
         * A name for what it sets, unlike all others.
         *
         * @return the token
         */
        public String token() {
            return "t" + exchange.number;
        }

        /**
         * What the application was about to change; before the request is sent. If no answer comes, this may have happened or may happen still.
         *
         * @param attribute its name
         */
        public void willChange(String attribute) {
            change(new Change(attribute, token(), List.of(), List.of()));
        }

        /** As {@link #willChange}: it wants to end its session. */
        public void willInvalidate() {
            update(each -> each.invalidating = true);
        }

        /**
         * The response has come. What was announced and is not told of by the other parameters has not happened.
         *
         * @param key of the session that was found; {@code null}: none
         * @param seen what it held: attribute to tokens
         * @param createdKey of the session that the request has made; {@code null}: none
         * @param timeoutSeconds of that
         * @param changed the attributes that were changed: to what was there before
         * @param invalidated whether it has ended the session
         */
        public void answered(
                @Nullable String key,
                Map<String, List<String>> seen,
                @Nullable String createdKey,
                int timeoutSeconds,
                Map<String, List<String>> changed,
                boolean invalidated) {
            synchronized (Recording.this) {
                exchange.received = ++clock;
                exchange.receivedAt = System.nanoTime() - begin;
                exchange.opened = exchange.received; // at some time before
                exchange.found = key == null ? Found.ABSENT : Found.LIVE;
                exchange.session = key == null ? null : exchange.cookieSession;
                exchange.seen.putAll(seen);
                exchange.read = true;
                exchange.readLog = true;
                if (createdKey != null) {
                    create(createdKey, timeoutSeconds);
                }
                boolean wantedToEnd = exchange.invalidating;
                exchange.invalidated = wantedToEnd && invalidated;
                exchange.changes.clear();
                changed.forEach(this::changed);
                exchange.acknowledged = exchange.changes.size();
            }
        }

        /** The application has met the end of its session while it used it. The response follows. */
        public void metItsEnd() {
            update(each -> each.foundEnded = true);
        }

        private void changed(String attribute, List<String> base) {
            List<String> result = new ArrayList<>(attribute.equals(Visit.LOG) ? base : List.of());
            result.add(token());
            change(new Change(attribute, token(), base, result));
        }

        private void change(Change change) {
            update(each -> each.changes.add(change));
        }

        private void create(String key, int timeoutSeconds) {
            LogicalSession session = new LogicalSession(sessions.size() + 1, key, timeoutSeconds);
            sessions.add(session);
            byKey.put(key, session);
            exchange.session = session;
            exchange.created = true;
            session.exchanges.add(exchange);
        }

        private void update(Consumer<Exchange> update) {
            synchronized (Recording.this) {
                update.accept(exchange);
            }
        }
    }
}
