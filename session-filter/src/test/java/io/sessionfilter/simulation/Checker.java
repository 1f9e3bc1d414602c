package io.sessionfilter.simulation;

import io.sessionfilter.simulation.Exchange.Change;
import io.sessionfilter.simulation.Exchange.Found;
import io.sessionfilter.simulation.Violation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a history and decides which promises of DESIGN.md section 2 it breaks. Knows nothing of how sessions are stored.
 *
 * <p>A change counts as acknowledged if its commit said so and the client has received the response. What was not acknowledged may have happened,
 * may happen later, or never.
 */
final class Checker {
    /**
     * A session may expire so much too early on an app node that did not use it last: memcached counts whole seconds, twice, and the last
     * renewal may be a second older than the end of the use.
     */
    private static final int EARLY_SECONDS = 3;

    /** Memcached counts whole seconds. */
    private static final int ROUNDING_SECONDS = 2;

    /** A renewal may be held up on its way. */
    private static final int LATE_RENEWAL_SECONDS = 5;

    private static final long SECOND = 1_000_000_000L;

    private final Trust trust;
    private final List<LogicalSession> sessions;
    private final List<Violation> violations = new ArrayList<>();

    /**
     * When an app node may trust its near-cache.
     *
     * @param routePrefix its route is this and its index
     * @param sticky whether it ever does
     * @param within for how long
     */
    record Trust(String routePrefix, boolean sticky, Duration within) {
        static Trust of(Plan plan) {
            return new Trust("app", plan.sticky(), SimulatedApp.VALIDATE_AFTER);
        }
    }

    Checker(Trust trust, List<LogicalSession> sessions) {
        this.trust = trust;
        this.sessions = sessions;
    }

    /** What is wrong. What was put to the test is counted at each session. */
    List<Violation> check() {
        for (LogicalSession session : sessions) {
            Exchange creation = session.exchanges.get(0);
            boolean stored = creation.isAnswered() && !creation.keptLocally && !creation.foundEnded;
            if (creation.isAnswered() && creation.keptLocally) {
                violated(Kind.NOT_DURABLE, session, "its creation was not stored: " + creation);
            }
            if (stored) {
                new SessionChecker(session).check();
            }
        }
        return violations;
    }

    private void violated(Kind kind, LogicalSession session, String text) {
        violations.add(new Violation(kind, session, text));
    }

    /** Whether what was answered must be known to a later request, if the latter's app node may trust its near-cache. */
    private boolean isKnownTo(Exchange reader, Exchange writer) {
        if (writer.received >= reader.sent) {
            return false;
        }
        boolean trusts = trust.sticky()
                && !(reader.app.equals(writer.app) && reader.key.equals(writer.key))
                && reader.cookie != null
                && reader.cookie.endsWith("." + trust.routePrefix() + reader.appIndex);
        return !trusts || writer.receivedAt + trust.within().toNanos() < reader.sentAt;
    }

    /** The checks of one session that was stored. */
    private final class SessionChecker {
        private final LogicalSession session;
        private final List<Exchange> exchanges;

        SessionChecker(LogicalSession session) {
            this.session = session;
            this.exchanges = session.exchanges;
        }

        void check() {
            for (Exchange exchange : exchanges) {
                if (exchange.cookieSession == session) {
                    checkFound(exchange);
                }
                if (exchange.session == session) {
                    checkEnd(exchange);
                    if (exchange.keptLocally && exchange.isAnswered()) {
                        violated(Kind.NOT_DURABLE, session, "changes were kept on the app node: " + exchange);
                    }
                }
            }
            checkReads();
        }

        private void checkFound(Exchange request) {
            boolean answered = request.found != Found.NOTHING;
            if (answered && !mayHaveEnded(request, request.opened, true)) {
                session.tally.tried(Promise.OUTAGE_IS_NO_ABSENCE);
            }
            if (answered
                    && exchanges.stream().anyMatch(other -> other.session == session && hasEnded(other, request))) {
                session.tally.tried(Promise.NO_RESURRECTION);
            }
            switch (request.found) {
                case LIVE -> checkLive(request);
                case ABSENT -> {
                    if (!mayHaveEnded(request, request.opened, true) && !isKeptLocally(request.key)) {
                        violated(Kind.LOST_SESSION, session, "it is gone: " + request);
                    }
                }
                case UNKNOWN -> violated(Kind.UNKNOWN, session, "nobody could say whether it is there: " + request);
                case NOTHING -> {
                    // the app node died before it knew
                }
            }
        }

        /**
         * Whether the session had got this key while nobody could store it: until it is written, the key is known to one app node only. When that is, the
         * history does not say, so this excuses later requests too; that the change was kept is a violation of its own, unless faults overlapped.
         */
        private boolean isKeptLocally(String key) {
            Exchange maker = session.changers.get(key);
            return maker != null && maker.keptLocally;
        }

        private boolean hasEnded(Exchange ending, Exchange request) {
            return ending.invalidated && isKnownTo(request, ending);
        }

        private void checkLive(Exchange request) {
            for (Exchange other : exchanges) {
                if (other.session == session && hasEnded(other, request)) {
                    violated(Kind.RESURRECTED, session, "it was ended by " + other + " and is there in " + request);
                }
                if (other.changedKey && request.key.equals(other.changingFrom) && isKnownTo(request, other)) {
                    violated(
                            Kind.RESURRECTED,
                            session,
                            "its key was changed by " + other + " and still works: " + request);
                }
                if (other.cookieSession == session
                        && other.found == Found.ABSENT
                        && other.key.equals(request.key)
                        && isKnownTo(request, other)
                        && !isBeingEnded(other, request)) {
                    violated(Kind.RESURRECTED, session, "it was gone in " + other + " and is there in " + request);
                }
            }
            long bound = session.greatestTimeout() + slack() + ROUNDING_SECONDS + LATE_RENEWAL_SECONDS;
            if (request.sentAt - lastUse(request, true) > bound * SECOND) {
                violated(Kind.RESURRECTED, session, "it should have expired: " + request);
            }
        }

        /** Whether a request ends the session, or its key, that had begun before the session was gone and is not answered: it may be so here and not yet there. */
        private boolean isBeingEnded(Exchange gone, Exchange request) {
            return exchanges.stream()
                    .anyMatch(other -> other.session == session
                            && (other.invalidating || request.key.equals(other.changingFrom))
                            && other.sent < gone.opened
                            && other.received >= request.sent);
        }

        private long slack() {
            return Math.max(2, 2 * ((session.greatestTimeout() + 9L) / 10));
        }

        /** When the session was last used before a request, as far as that is certain; or at most. */
        private long lastUse(Exchange request, boolean atMost) {
            long last = 0;
            for (Exchange other : exchanges) {
                if (other == request || other.sent > request.sent) {
                    continue;
                }
                if (atMost) {
                    last = Math.max(last, other.received < request.sent ? other.receivedAt : request.sentAt);
                } else if (other.session == session && other.received < request.sent) {
                    last = Math.max(last, other.receivedAt);
                }
            }
            return last;
        }

        /** Whether the session may have ended before a moment. */
        private boolean mayHaveEnded(Exchange request, long before, boolean underThisKey) {
            for (Exchange other : exchanges) {
                if (other.session == session && other.invalidating && other.sent < before) {
                    return true;
                }
                boolean moved = other.changingFrom != null && other.changing < before;
                if (moved && (!underThisKey || mayHaveChanged(other, request.key))) {
                    return true;
                }
            }
            return exchanges.stream().anyMatch(other -> other.sent < before && mayHaveExpired(other));
        }

        /** Whether a request may have changed this key: the one that it knew, or one that a parallel request had just made of that. */
        private boolean mayHaveChanged(Exchange changing, String key) {
            Exchange maker = session.changers.get(key);
            return key.equals(changing.changingFrom)
                    || (maker != null
                            && maker != changing
                            && maker.app.equals(changing.app)
                            && maker.changing < changing.received);
        }

        private boolean mayHaveExpired(Exchange request) {
            return request.sentAt - lastUse(request, false) >= (session.leastTimeout() - EARLY_SECONDS) * SECOND;
        }

        /** A request that found its session ended under it. */
        private void checkEnd(Exchange request) {
            if (request.foundEnded && !mayHaveEnded(request, request.received, false)) {
                violated(Kind.LOST_UPDATE, session, "it has ended though nobody has ended it: " + request);
            }
        }

        private void checkReads() {
            for (Exchange writer : exchanges) {
                if (writer.session == session) {
                    for (Change change : writer.changes) {
                        for (Exchange reader : exchanges) {
                            if (reader.cookieSession == session && reader.found == Found.LIVE && reader != writer) {
                                checkRead(reader, writer, change);
                            }
                        }
                    }
                }
            }
        }

        private void checkRead(Exchange reader, Exchange writer, Change change) {
            if (!writer.isAcknowledged(change) || !isKnownTo(reader, writer) || !reader.isRead(change.attribute())) {
                return;
            }
            List<String> seen = reader.seen.getOrDefault(change.attribute(), List.of());
            countTry(reader, writer, change);
            if (change.token() == null) {
                if (!seen.isEmpty() && change.base().equals(seen) && wasStoredBefore(change, writer)) {
                    violated(Kind.ROLLED_BACK, session, "what " + writer + " has removed is there in " + reader);
                }
            } else if (!seen.contains(change.token()) && !mayBeReplaced(change, writer, reader)) {
                violated(Kind.LOST_UPDATE, session, change + " of " + writer + " is not there in " + reader);
            }
        }

        private void countTry(Exchange reader, Exchange writer, Change change) {
            if (change.token() == null) {
                session.tally.tried(Promise.NO_RESURRECTION);
                return;
            }
            session.tally.tried(Promise.DURABLE);
            if (exchanges.stream().noneMatch(other -> writer.endedBefore(other) && other.sent < reader.sent)) {
                session.tally.tried(Promise.READ_YOUR_WRITES);
            }
            if (exchanges.stream()
                    .anyMatch(other -> other != writer
                            && !other.endedBefore(writer)
                            && !writer.endedBefore(other)
                            && other.changes.stream()
                                    .anyMatch(beside -> !beside.attribute().equals(change.attribute())))) {
                session.tally.tried(Promise.NO_LOST_UPDATE);
            }
        }

        /** Whether what was removed had been acknowledged before, so that it cannot be written later. */
        private boolean wasStoredBefore(Change removal, Exchange remover) {
            for (Exchange other : exchanges) {
                for (Change change : other.changes) {
                    if (change.attribute().equals(removal.attribute())
                            && change.token() != null
                            && removal.base().contains(change.token())
                            && other.isAcknowledged(change)
                            && other.endedBefore(remover)) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** Whether another change of the same attribute may rightly have taken a change's place by the time of a read. */
        private boolean mayBeReplaced(Change change, Exchange writer, Exchange reader) {
            for (Exchange other : exchanges) {
                for (Change later : other.changes) {
                    if (other.session == session
                            && !later.equals(change)
                            && later.attribute().equals(change.attribute())
                            && !later.result().contains(change.token())
                            && other.sent < reader.received
                            && !isBefore(other, later, writer, change)) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** Whether one change was made before another for certain: answered before the other was sent, or seen by it. */
        private boolean isBefore(Exchange other, Change earlier, Exchange writer, Change later) {
            if (!other.isAcknowledged(earlier)) {
                return false; // it may still happen
            }
            return other.endedBefore(writer)
                    || (earlier.token() != null && later.base().contains(earlier.token()));
        }
    }
}
