package io.sessionfilter.testkit.contract;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** How to start one servlet container: all that a module for a container has to say. */
public interface ContainerUnderTest {
    /** The brand and version, as {@link NativeDiffers#on()} names it: {@code tomcat-11}, {@code jetty-12.0}. */
    String name();

    /** What this container does not have at all as it is started here; tests of it do not apply. */
    default Set<Feature> lacks() {
        return Set.of();
    }

    /**
     * Starts an app node on a free loopback port, in this JVM.
     *
     * <p>The container must take {@code X-Forwarded-Proto} from a local proxy, find initializers and JSP pages as a
     * stand-alone server does, compile the pages for Java 17, and give each web application a class loader that does
     * not find {@link SharedClasses#hidden()} in its parent. It knows the user of {@link Feature#LOGIN}, unless it lacks that.
     *
     * @param route the node's route in a cluster, set as this container's users set it
     * @param webApplications exploded WAR directories by context path; the path of the root application is empty
     * @param workDirectory an existing directory for the container's own files
     */
    AppNode start(String route, Map<String, Path> webApplications, Path workDirectory) throws Exception;

    /** A running container. */
    interface AppNode {
        /** Scheme, host and port, without a path. */
        URI baseUri();

        /** Stops the container and frees its port. */
        void stop() throws Exception;
    }
}
