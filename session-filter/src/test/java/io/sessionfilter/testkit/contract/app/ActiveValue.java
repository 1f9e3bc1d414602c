package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.io.Serializable;

/** Has a connection while it is active, and none in the store. */
public final class ActiveValue implements HttpSessionActivationListener, Serializable {
    private static final long serialVersionUID = 1L;

    private transient boolean connected = true;

    @Override
    public void sessionWillPassivate(HttpSessionEvent event) {
        RecordingListener.note(event.getSession(), "passivated");
        connected = false;
    }

    @Override
    public void sessionDidActivate(HttpSessionEvent event) {
        RecordingListener.note(event.getSession(), "activated");
        connected = true;
    }

    @Override
    public String toString() {
        return connected ? "connected" : "dead";
    }
}
