package io.sessionfilter.jetty;

import io.sessionfilter.testkit.contract.RedeployContract;
import io.sessionfilter.testkit.contract.SharedClasses;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.jspecify.annotations.Nullable;

final class RedeployOnJettyTest extends RedeployContract {
    @Override
    protected RunningServer start(Path workDirectory) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ContextHandlerCollection contexts = new ContextHandlerCollection();
        server.setHandler(contexts);
        server.start();
        return new RunningJetty(server, connector, contexts, workDirectory);
    }

    private static final class RunningJetty implements RunningServer {
        private final Server server;
        private final ServerConnector connector;
        private final ContextHandlerCollection contexts;
        private final Path workDirectory;
        private @Nullable WebAppContext deployed;

        RunningJetty(Server server, ServerConnector connector, ContextHandlerCollection contexts, Path workDirectory) {
            this.server = server;
            this.connector = connector;
            this.contexts = contexts;
            this.workDirectory = workDirectory;
        }

        @Override
        public URI baseUri() {
            return URI.create("http://127.0.0.1:" + connector.getLocalPort());
        }

        @Override
        public ClassLoader deploy(Path webApplication, LibraryPlace library) throws Exception {
            WebAppContext context = EmbeddedJetty.context(
                    "/app",
                    webApplication,
                    library == LibraryPlace.PARENT ? List.of(SharedClasses.testKit()) : SharedClasses.hidden());
            context.setTempDirectory(
                    Files.createTempDirectory(workDirectory, "context-").toFile());
            contexts.addHandler(context);
            context.start();
            deployed = context;
            return context.getClassLoader();
        }

        @Override
        public void undeploy() throws Exception {
            WebAppContext context = Objects.requireNonNull(deployed);
            context.stop();
            contexts.removeHandler(context);
            context.destroy();
            deployed = null;
        }

        @Override
        public void stop() throws Exception {
            server.stop();
        }
    }
}
