package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Registers a session listener by code, as frameworks do. */
public final class ListenerRegistration implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().addListener(new LateListener());
    }
}
