package io.sessionfilter.internal.session;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notes what it is told; values of class {@link Bound} want to hear of their unbinding. */
final class TestObserver implements SessionObserver {
    /** A value that wants to hear of its unbinding; its passivations are part of its state if it says so. */
    static final class Bound implements Serializable {
        private static final long serialVersionUID = 1L;

        final String name;

        /** What is only there while the value is active. */
        transient String connection = "open";

        int passivations;
        boolean counts;

        Bound(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    final List<String> events = new CopyOnWriteArrayList<>();
    volatile boolean sessions;
    volatile boolean attributes;

    /** What a listener does when it hears of a session's end. */
    volatile Consumer<SessionUse> whenDestroyed = session -> {};

    static TestObserver ofNothingButValues() {
        return new TestObserver();
    }

    static TestObserver ofSessions() {
        TestObserver observer = new TestObserver();
        observer.sessions = true;
        return observer;
    }

    static TestObserver ofAttributes() {
        TestObserver observer = new TestObserver();
        observer.attributes = true;
        return observer;
    }

    @Override
    public boolean observesSessions() {
        return sessions;
    }

    @Override
    public boolean observesAttributes() {
        return attributes;
    }

    @Override
    public boolean hearsUnbinding(Object value) {
        return value instanceof Bound;
    }

    @Override
    public void destroyed(SessionUse session) {
        events.add("destroyed " + session.attributeNames());
        whenDestroyed.accept(session);
    }

    @Override
    public void unbound(SessionUse session, String name, Object value) {
        events.add("unbound " + name + "=" + value);
    }

    @Override
    public void passivating(SessionUse session, Object value) {
        if (value instanceof Bound bound) {
            events.add("passivating " + bound);
            bound.connection = "closed";
            bound.passivations += bound.counts ? 1 : 0;
        }
    }

    @Override
    public void activated(SessionUse session, Object value) {
        if (value instanceof Bound bound) {
            events.add("activated " + bound);
            bound.connection = "open";
        }
    }

    /** Without the passivations, which most tests are not about. */
    List<String> ends() {
        return events.stream()
                .filter(event -> event.startsWith("destroyed") || event.startsWith("unbound"))
                .toList();
    }
}
