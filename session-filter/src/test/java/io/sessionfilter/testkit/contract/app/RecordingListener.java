package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

/**
 * Notes what it hears, by session id, and does what the session's attributes say: {@code on-destroyed} and {@code
 * on-id-changed} hold what is to be done then, an attribute {@code throw} makes it throw, one named {@code end-when-added}, {@code
 * end-when-replaced} or {@code end-when-removed} makes it end the session then.
 */
public final class RecordingListener
        implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {
    static void note(HttpSession session, String event) {
        Board.notes("events-" + session.getId()).add(event);
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        note(event.getSession(), "created new=" + event.getSession().isNew());
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        HttpSession session = event.getSession();
        note(session, "destroyed a=" + session.getAttribute("a") + " own-loader=" + isInItsOwnLoader());
        if ("set".equals(session.getAttribute("on-destroyed"))) {
            session.setAttribute("late", "1");
            note(session, "now late=" + session.getAttribute("late"));
        } else if ("invalidate".equals(session.getAttribute("on-destroyed"))) {
            session.invalidate();
            note(session, "invalidated again");
        } else if ("throw".equals(session.getAttribute("on-destroyed"))) {
            throw new IllegalStateException("thrown by a listener");
        }
    }

    private static boolean isInItsOwnLoader() {
        try {
            return Class.forName(
                            RecordingListener.class.getName(),
                            false,
                            Thread.currentThread().getContextClassLoader())
                    == RecordingListener.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
        note(event.getSession(), "added " + event.getName() + "=" + event.getValue());
        if (event.getName().equals("throw")) {
            throw new IllegalStateException("thrown by a listener");
        }
        endIfAskedTo("added", event);
    }

    @Override
    public void attributeReplaced(HttpSessionBindingEvent event) {
        note(event.getSession(), "replaced " + event.getName() + "=" + event.getValue());
        endIfAskedTo("replaced", event);
    }

    @Override
    public void attributeRemoved(HttpSessionBindingEvent event) {
        note(event.getSession(), "removed " + event.getName() + "=" + event.getValue());
        endIfAskedTo("removed", event);
    }

    private static void endIfAskedTo(String what, HttpSessionBindingEvent event) {
        if (event.getName().equals("end-when-" + what)) {
            event.getSession().invalidate();
        }
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        HttpSession session = event.getSession();
        note(session, "id changed known=" + !Board.notes("events-" + oldId).isEmpty());
        if ("set".equals(session.getAttribute("on-id-changed"))) {
            session.setAttribute("old-id", oldId);
        } else if ("invalidate".equals(session.getAttribute("on-id-changed"))) {
            session.invalidate();
        }
    }
}
