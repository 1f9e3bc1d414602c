package io.sessionfilter.example.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.StandardRoot;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** An app node: one embedded Tomcat with one web application, at the root. Its route is the system property {@code jvmRoute}, as always with Tomcat. */
public final class TomcatNode {
    private TomcatNode() {}

    /** Arguments: port, war, work directory, a directory of more jars for the web application, which may be missing. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        File war = Path.of(args[1]).toAbsolutePath().toFile();
        Path work = Path.of(args[2]).toAbsolutePath();

        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(work.toString());
        Path apps = work.resolve("webapps");
        Files.createDirectories(apps);
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(port);
        tomcat.setConnector(connector);
        Context context = tomcat.addWebapp("", war.getPath());
        if (context.getJarScanner() instanceof StandardJarScanner scanner) {
            // The application's own jars only: what is on this process's class path is the container's.
            scanner.setScanClassPath(false);
        }
        Path jars = Path.of(args[3]);
        if (Files.isDirectory(jars)) {
            WebResourceRoot resources = new StandardRoot(context);
            resources.createWebResourceSet(
                    WebResourceRoot.ResourceSetType.POST,
                    "/WEB-INF/lib",
                    jars.toUri().toURL(),
                    "/");
            context.setResources(resources);
        }
        tomcat.start();
        if (context.getState() != LifecycleState.STARTED) {
            throw new IllegalStateException("the web application did not start");
        }
        tomcat.getServer().await();
    }
}
