package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

/** Found by its annotation, where the container looks for those. */
@WebListener
public final class AnnotatedListener implements HttpSessionListener {
    @Override
    public void sessionCreated(HttpSessionEvent event) {
        RecordingListener.note(event.getSession(), "annotated created");
    }
}
