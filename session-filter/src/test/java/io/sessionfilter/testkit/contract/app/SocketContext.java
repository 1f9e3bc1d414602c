package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the servlet context for {@link SessionSocket}, which a container does not give it. */
@WebListener
public final class SocketContext implements ServletContextListener {
    private static volatile @Nullable ServletContext context;

    static ServletContext get() {
        return Objects.requireNonNull(context);
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        context = event.getServletContext();
    }
}
