package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;

/** Asks for the session before any filter has seen the request, as frameworks do: for requests with a parameter {@code early}. */
public final class EarlyListener implements ServletRequestListener {
    @Override
    public void requestInitialized(ServletRequestEvent event) {
        HttpServletRequest request = (HttpServletRequest) event.getServletRequest();
        if (request.getParameter("early") != null) {
            request.getSession().setAttribute("early", "listener");
        }
    }
}
