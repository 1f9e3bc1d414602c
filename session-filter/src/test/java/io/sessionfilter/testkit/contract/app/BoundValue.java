package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Notes when it is bound and unbound, and what the session has under its name then. Equal to others of its label; one of the label {@code
 * throw} throws, and one of {@code end-when-bound} or {@code end-when-unbound} ends the session then.
 */
public final class BoundValue implements HttpSessionBindingListener, Serializable {
    private static final long serialVersionUID = 1L;

    private final String label;

    BoundValue(String label) {
        this.label = label;
    }

    @Override
    public void valueBound(HttpSessionBindingEvent event) {
        hear("bound", event);
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        hear("unbound", event);
    }

    private void hear(String what, HttpSessionBindingEvent event) {
        RecordingListener.note(event.getSession(), what + " " + label + " seen=" + seen(event));
        if (label.equals("throw")) {
            throw new IllegalStateException("thrown by a value");
        } else if (label.equals("end-when-" + what)) {
            event.getSession().invalidate();
        }
    }

    /** After the end of a session, containers differ in whether anything can be seen. */
    private static @Nullable Object seen(HttpSessionBindingEvent event) {
        HttpSession session = event.getSession();
        try {
            return session.getAttribute(event.getName());
        } catch (IllegalStateException e) {
            return null;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BoundValue value && value.label.equals(label);
    }

    @Override
    public int hashCode() {
        return label.hashCode();
    }

    @Override
    public String toString() {
        return label;
    }
}
