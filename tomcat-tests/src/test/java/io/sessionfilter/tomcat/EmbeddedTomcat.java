package io.sessionfilter.tomcat;

import io.sessionfilter.testkit.contract.ContainerUnderTest;
import io.sessionfilter.testkit.contract.Feature;
import io.sessionfilter.testkit.contract.SharedClasses;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.scan.StandardJarScanner;

/**
 * Starts the Tomcat that is on the class path, with each application in an isolating loader, as a stand-alone Tomcat
 * has it.
 */
final class EmbeddedTomcat implements ContainerUnderTest {
    @Override
    public String name() {
        String version = ServerInfo.getServerNumber();
        return version.startsWith("10.1.") ? "tomcat-10.1" : "tomcat-" + version.substring(0, version.indexOf('.'));
    }

    @Override
    public Set<Feature> lacks() {
        return name().equals("tomcat-10.1") ? Set.of(Feature.ACCESSORS) : Set.of(Feature.PUSH);
    }

    @Override
    public AppNode start(String route, Map<String, Path> webApplications, Path workDirectory) throws Exception {
        Tomcat tomcat = onFreePort(workDirectory);
        // The name is the JMX domain: two nodes in one JVM need two.
        tomcat.getEngine().setName(route);
        tomcat.getEngine().setJvmRoute(route);
        tomcat.getEngine().getPipeline().addValve(behindProxy());
        tomcat.addUser("anna", "secret");
        tomcat.addRole("anna", "member");
        List<Context> contexts = new ArrayList<>();
        for (Map.Entry<String, Path> application : webApplications.entrySet()) {
            Context context = tomcat.addWebapp(
                    application.getKey(), application.getValue().toString());
            prepare(context, SharedClasses.loader());
            contexts.add(context);
        }
        try (StartErrors errors = new StartErrors()) {
            tomcat.start();
            for (Context context : contexts) {
                if (!context.getState().isAvailable()) {
                    tomcat.stop();
                    throw errors.asException("application \"" + context.getPath() + "\" did not start");
                }
            }
        }
        return new Node(tomcat);
    }

    static Tomcat onFreePort(Path workDirectory) {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(workDirectory.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.addUpgradeProtocol(new Http2Protocol());
        tomcat.setConnector(connector);
        return tomcat;
    }

    private static RemoteIpValve behindProxy() {
        RemoteIpValve valve = new RemoteIpValve();
        valve.setProtocolHeader("X-Forwarded-Proto");
        return valve;
    }

    static void prepare(Context context, ClassLoader parent) {
        context.setParentClassLoader(parent);
        context.setCrossContext(true);
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        context.setJarScanner(scanner);
        // After the default web.xml's listener, which defines the servlet for pages.
        context.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.BEFORE_START_EVENT)) {
                Wrapper pages = (Wrapper) context.findChild("jsp");
                pages.addInitParameter("compilerSourceVM", "17");
                pages.addInitParameter("compilerTargetVM", "17");
            }
        });
    }

    private record Node(Tomcat tomcat) implements AppNode {
        @Override
        public URI baseUri() {
            return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
        }

        @Override
        public void stop() throws Exception {
            tomcat.stop();
            tomcat.destroy();
        }
    }
}
