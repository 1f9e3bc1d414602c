package io.sessionfilter.jetty;

import io.sessionfilter.testkit.contract.ContainerUnderTest;
import io.sessionfilter.testkit.contract.Feature;
import io.sessionfilter.testkit.contract.SharedClasses;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.LoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.util.security.Password;

/** Starts Jetty 12.0 (ee10), with each application in an isolating loader, as a stand-alone Jetty has it. */
final class EmbeddedJetty implements ContainerUnderTest {
    /** Goes over the server's own descriptor. */
    private static final String PAGES_FOR_JAVA_17 = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <servlet>
                <servlet-name>jsp</servlet-name>
                <init-param><param-name>compilerSourceVM</param-name><param-value>17</param-value></init-param>
                <init-param><param-name>compilerTargetVM</param-name><param-value>17</param-value></init-param>
              </servlet>
              <!--websockets-->
            </web-app>
            """;

    /**
     * Has Jetty's filter for WebSockets after those of the application. By itself it is before them, and a handshake shows Jetty's session
     * whatever filters do.
     */
    private static final String WEBSOCKETS_LAST = """
            <filter>
              <filter-name>org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter</filter-name>
              <filter-class>org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter</filter-class>
              <async-supported>true</async-supported>
            </filter>
            <filter-mapping>
              <filter-name>org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter</filter-name>
              <url-pattern>/*</url-pattern>
            </filter-mapping>
            """;

    @Override
    public String name() {
        return "jetty-12.0";
    }

    @Override
    public Set<Feature> lacks() {
        return Set.of(Feature.ACCESSORS, Feature.EARLY_HINTS, Feature.INCLUDE_ACROSS);
    }

    @Override
    public AppNode start(String route, Map<String, Path> webApplications, Path workDirectory) throws Exception {
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new ForwardedRequestCustomizer());
        ServerConnector connector =
                new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        DefaultSessionIdManager ids = new DefaultSessionIdManager(server);
        ids.setWorkerName(route);
        server.addBean(ids, true);
        Path override = Files.writeString(workDirectory.resolve("override-web.xml"), PAGES_FOR_JAVA_17);
        Path overrideOfRoot = Files.writeString(
                workDirectory.resolve("override-root-web.xml"),
                PAGES_FOR_JAVA_17.replace("<!--websockets-->", WEBSOCKETS_LAST));
        server.addBean(users());
        ContextHandlerCollection contexts = new ContextHandlerCollection();
        for (Map.Entry<String, Path> application : webApplications.entrySet()) {
            WebAppContext context = context(application.getKey(), application.getValue(), SharedClasses.hidden());
            context.setOverrideDescriptor((application.getKey().isEmpty() ? overrideOfRoot : override).toString());
            context.setTempDirectory(
                    Files.createTempDirectory(workDirectory, "context-").toFile());
            contexts.addHandler(context);
        }
        server.setHandler(contexts);
        server.start();
        return new Node(server, connector);
    }

    /** Jetty gives it to the applications whose login names no realm. */
    private static LoginService users() {
        UserStore users = new UserStore();
        users.addUser("anna", new Password("secret"), new String[] {"member"});
        HashLoginService service = new HashLoginService("default");
        service.setUserStore(users);
        return service;
    }

    /** @param hiddenClasses what the application is not to find in its parent loader */
    static WebAppContext context(String contextPath, Path directory, List<Path> hiddenClasses) {
        WebAppContext context = new WebAppContext();
        context.setContextPath(contextPath.isEmpty() ? "/" : contextPath);
        context.setWar(directory.toString());
        // Not a loader that hides them: Jetty takes for its own only initializers of exactly the parent loader.
        for (Path hidden : hiddenClasses) {
            context.getHiddenClassMatcher().add(hidden.toUri().toString());
        }
        context.setThrowUnavailableOnStartupException(true);
        context.setCrossContextDispatchSupported(true);
        return context;
    }

    private record Node(Server server, ServerConnector connector) implements AppNode {
        @Override
        public URI baseUri() {
            return URI.create("http://127.0.0.1:" + connector.getLocalPort());
        }

        @Override
        public void stop() throws Exception {
            server.stop();
        }
    }
}
