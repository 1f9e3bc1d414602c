package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Changes the session's settings as late as the specification allows. */
public final class SessionSettingsListener implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().setSessionTimeout(7);
        event.getServletContext().getSessionCookieConfig().setMaxAge(7200);
    }
}
