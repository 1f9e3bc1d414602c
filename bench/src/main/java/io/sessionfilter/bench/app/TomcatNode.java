package io.sessionfilter.bench.app;

import jakarta.servlet.ServletContainerInitializer;
import java.nio.file.Path;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** An app node on an embedded Tomcat, on a free port. */
public final class TomcatNode {
    /** Clients wait while the other app nodes have their turn. */
    static final int IDLE_MILLIS = 3_600_000;

    /** Kept, lest its level be collected with it. Tomcat tells of each start and stop. */
    private static final Logger LOG_OF_TOMCAT = Logger.getLogger("org.apache");

    private TomcatNode() {}

    /**
     * Starts it.
     *
     * @param workDirectory of its own
     * @param initializer registers a filter, or does nothing
     * @return the running server
     */
    public static Tomcat start(Path workDirectory, ServletContainerInitializer initializer) throws LifecycleException {
        LOG_OF_TOMCAT.setLevel(Level.SEVERE);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(workDirectory.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("keepAliveTimeout", Integer.toString(IDLE_MILLIS));
        connector.setProperty("maxKeepAliveRequests", "-1"); // a closed loop, not a loop of connections
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", workDirectory.toString());
        context.addServletContainerInitializer(initializer, Set.of());
        Wrapper servlet = Tomcat.addServlet(context, "workload", new WorkloadServlet());
        servlet.setAsyncSupported(true);
        for (Workload workload : Workload.values()) {
            servlet.addMapping(workload.path());
        }
        tomcat.start();
        if (!context.getState().isAvailable()) {
            throw new LifecycleException("the application did not start; its log says why");
        }
        return tomcat;
    }
}
