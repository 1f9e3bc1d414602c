package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

/** Registered by code, so that no descriptor tells of it. */
public final class LateListener implements HttpSessionListener {
    @Override
    public void sessionCreated(HttpSessionEvent event) {
        RecordingListener.note(event.getSession(), "late created");
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        RecordingListener.note(event.getSession(), "late destroyed");
    }
}
