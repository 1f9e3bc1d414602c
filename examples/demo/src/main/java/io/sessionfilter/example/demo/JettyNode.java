package io.sessionfilter.example.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An app node: one embedded Jetty with one web application, at the root. Its route is the system property {@code jvmRoute}. */
public final class JettyNode {
    private JettyNode() {}

    /** Arguments: port, war, work directory, a directory of more jars for the web application, which may be missing. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        Path war = Path.of(args[1]).toAbsolutePath();
        Path work = Path.of(args[2]).toAbsolutePath().resolve("webapp");

        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        context.setWar(war.toString());
        Files.createDirectories(work);
        context.setTempDirectory(work.toFile());
        Path jars = Path.of(args[3]);
        if (Files.isDirectory(jars)) {
            context.setExtraClasspath(jars.toAbsolutePath() + "/*");
        }
        context.setThrowUnavailableOnStartupException(true);
        server.setHandler(context);
        server.start();
        server.join();
    }
}
