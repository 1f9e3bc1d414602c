package io.sessionfilter.internal.servlet.listener;

import io.sessionfilter.internal.session.SessionObserver;
import io.sessionfilter.internal.session.SessionUse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the application's listeners, and attribute values that are listeners themselves, what becomes of sessions.
 *
 * <p>In the order of the Servlet specification: a value hears that it is bound before it can be read (7.4), the value that it replaces hears
 * that it is unbound when it no longer can be, then attribute listeners hear of both (Javadoc of {@code HttpSession}). Bound and unbound
 * go by identity; a name that is set again is replaced, also by the same value. Listeners are called in the order in which they were
 * registered, and in reverse when a session is destroyed. One that throws breaks neither the request nor the others: it is logged.
 *
 * <p>Safe for use by many threads. No lock is held while a listener is called.
 */
public final class SessionListeners implements SessionObserver {
    private static final Logger log = LoggerFactory.getLogger(SessionListeners.class);

    private final List<HttpSessionListener> sessionListeners;
    private final List<HttpSessionListener> inReverse;
    private final List<HttpSessionAttributeListener> attributeListeners;
    private final List<HttpSessionIdListener> idListeners;

    private volatile @Nullable Function<SessionUse, HttpSession> views;

    /**
     * @param listeners in the order of their registration, each once; those of other kinds are ignored
     */
    public SessionListeners(Collection<?> listeners) {
        sessionListeners = only(HttpSessionListener.class, listeners);
        inReverse = new ArrayList<>(sessionListeners);
        Collections.reverse(inReverse);
        attributeListeners = only(HttpSessionAttributeListener.class, listeners);
        idListeners = only(HttpSessionIdListener.class, listeners);
    }

    private static <T> List<T> only(Class<T> type, Collection<?> listeners) {
        return listeners.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Says how sessions look to listeners where no request has a view of them. To be called before the first session is there. */
    public void showBy(Function<SessionUse, HttpSession> newViews) {
        views = newViews;
    }

    /** A session was created, and can be found by its request. */
    public void created(HttpSession session) {
        if (!sessionListeners.isEmpty()) {
            HttpSessionEvent event = new HttpSessionEvent(session);
            each(sessionListeners, listener -> listener.sessionCreated(event));
        }
    }

    /** A session has another id, which is in place. */
    public void idChanged(HttpSession session, String oldId) {
        if (!idListeners.isEmpty()) {
            HttpSessionEvent event = new HttpSessionEvent(session);
            each(idListeners, listener -> listener.sessionIdChanged(event, oldId));
        }
    }

    /**
     * Sets an attribute, and tells whom it concerns.
     *
     * @param session as the caller has it
     * @param use of the same session
     */
    public void setAttribute(HttpSession session, SessionUse use, String name, Object value) {
        boolean told = value instanceof HttpSessionBindingListener && !use.holds(name, value);
        if (told) {
            bound(session, name, value);
        }
        Object before = setTold(session, use, name, value, told);
        if (before != value) {
            if (!told) {
                bound(session, name, value); // another thread has removed it since it was looked at
            }
            unbound(session, name, before);
        } else if (told) {
            unbound(session, name, value); // another thread has set the same instance, and told it too
        }
        if (before == null) {
            tell(session, name, value, HttpSessionAttributeListener::attributeAdded);
        } else {
            tell(session, name, before, HttpSessionAttributeListener::attributeReplaced);
        }
    }

    private static @Nullable Object setTold(
            HttpSession session, SessionUse use, String name, Object value, boolean told) {
        try {
            return use.setAttribute(name, value);
        } catch (RuntimeException e) {
            if (told) {
                unbound(session, name, value); // it has ended, or the name is refused
            }
            throw e;
        }
    }

    /** Removes an attribute, and tells whom it concerns: nobody, if there is none. */
    public void removeAttribute(HttpSession session, SessionUse use, String name) {
        Object before = use.removeAttribute(name);
        if (before != null) {
            removed(session, name, before);
        }
    }

    private void removed(HttpSession session, String name, Object value) {
        unbound(session, name, value);
        tell(session, name, value, HttpSessionAttributeListener::attributeRemoved);
    }

    private void tell(HttpSession session, String name, Object value, AttributeCall call) {
        if (!attributeListeners.isEmpty()) {
            HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, value);
            each(attributeListeners, listener -> call.of(listener, event));
        }
    }

    private static void bound(HttpSession session, String name, Object value) {
        if (value instanceof HttpSessionBindingListener listener) {
            quietly(listener, () -> listener.valueBound(new HttpSessionBindingEvent(session, name, value)));
        }
    }

    private static void unbound(HttpSession session, String name, @Nullable Object value) {
        if (value instanceof HttpSessionBindingListener listener) {
            quietly(listener, () -> listener.valueUnbound(new HttpSessionBindingEvent(session, name, value)));
        }
    }

    @Override
    public boolean observesSessions() {
        return !sessionListeners.isEmpty();
    }

    @Override
    public boolean observesAttributes() {
        return !attributeListeners.isEmpty();
    }

    @Override
    public boolean hearsUnbinding(Object value) {
        return value instanceof HttpSessionBindingListener;
    }

    @Override
    public void destroyed(SessionUse session) {
        HttpSessionEvent event = new HttpSessionEvent(viewOf(session));
        each(inReverse, listener -> listener.sessionDestroyed(event));
    }

    @Override
    public void unbound(SessionUse session, String name, Object value) {
        if (observesAttributes() || hearsUnbinding(value)) {
            removed(viewOf(session), name, value);
        }
    }

    @Override
    public void passivating(SessionUse session, Object value) {
        if (value instanceof HttpSessionActivationListener listener) {
            HttpSessionEvent event = new HttpSessionEvent(viewOf(session));
            quietly(listener, () -> listener.sessionWillPassivate(event));
        }
    }

    @Override
    public void activated(SessionUse session, Object value) {
        if (value instanceof HttpSessionActivationListener listener) {
            HttpSessionEvent event = new HttpSessionEvent(viewOf(session));
            quietly(listener, () -> listener.sessionDidActivate(event));
        }
    }

    private HttpSession viewOf(SessionUse session) {
        Function<SessionUse, HttpSession> known = views;
        if (known == null) {
            throw new IllegalStateException("the filter has not started");
        }
        return known.apply(session);
    }

    private static <T> void each(List<T> listeners, Consumer<T> call) {
        for (T listener : listeners) {
            quietly(listener, () -> call.accept(listener));
        }
    }

    /** Whatever an application's listener throws, it must break nobody else; what is wrong with the JVM goes on. */
    private static void quietly(Object listener, Runnable call) {
        try {
            call.run();
        } catch (StackOverflowError | Exception | LinkageError | AssertionError e) {
            log.error("session listener {} has failed", listener.getClass().getName(), e);
        }
    }

    @FunctionalInterface
    private interface AttributeCall {
        void of(HttpSessionAttributeListener listener, HttpSessionBindingEvent event);
    }
}
