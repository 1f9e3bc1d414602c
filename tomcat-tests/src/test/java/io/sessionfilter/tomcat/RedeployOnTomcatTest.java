package io.sessionfilter.tomcat;

import io.sessionfilter.testkit.contract.RedeployContract;
import io.sessionfilter.testkit.contract.SharedClasses;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

final class RedeployOnTomcatTest extends RedeployContract {
    @Override
    protected RunningServer start(Path workDirectory) throws Exception {
        Tomcat tomcat = EmbeddedTomcat.onFreePort(workDirectory);
        ((StandardHost) tomcat.getHost()).setStartChildren(false);
        tomcat.start();
        return new RunningTomcat(tomcat);
    }

    private static final class RunningTomcat implements RunningServer {
        private final Tomcat tomcat;
        private @Nullable Context deployed;

        RunningTomcat(Tomcat tomcat) {
            this.tomcat = tomcat;
        }

        @Override
        public URI baseUri() {
            return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
        }

        @Override
        public ClassLoader deploy(Path webApplication, LibraryPlace library) throws Exception {
            Context context = tomcat.addWebapp("/app", webApplication.toString());
            EmbeddedTomcat.prepare(
                    context,
                    library == LibraryPlace.PARENT ? SharedClasses.loaderWithLibrary() : SharedClasses.loader());
            context.start();
            deployed = context;
            return context.getLoader().getClassLoader();
        }

        @Override
        public void undeploy() {
            tomcat.getHost().removeChild(Objects.requireNonNull(deployed));
            deployed = null;
        }

        @Override
        public void stop() throws Exception {
            tomcat.stop();
            tomcat.destroy();
        }
    }
}
