package io.sessionfilter.bench.app;

import jakarta.servlet.ServletContainerInitializer;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An app node on an embedded Jetty, on a free port. */
final class JettyNode {
    private JettyNode() {}

    /**
     * Starts it.
     *
     * @param initializer registers a filter, or does nothing
     * @return its port
     */
    static int start(ServletContainerInitializer initializer) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(TomcatNode.IDLE_MILLIS);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.setContextPath("/");
        context.setClassLoader(
                JettyNode.class.getClassLoader()); // by itself Jetty has none for code without an archive
        context.addServletContainerInitializer(initializer);
        ServletHolder servlet = new ServletHolder("workload", new WorkloadServlet());
        servlet.setAsyncSupported(true);
        for (Workload workload : Workload.values()) {
            context.addServlet(servlet, workload.path());
        }
        server.setHandler(context);
        server.start();
        return connector.getLocalPort();
    }
}
