package io.sessionfilter.undertow;

import io.sessionfilter.testkit.contract.ContainerUnderTest;
import io.sessionfilter.testkit.contract.Feature;
import io.sessionfilter.testkit.contract.SharedClasses;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainer;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/** Starts Undertow 2.3 with each application in an isolating loader, as a server built on it has it. */
final class EmbeddedUndertow implements ContainerUnderTest {
    @Override
    public String name() {
        return "undertow-2.3";
    }

    @Override
    public Set<Feature> lacks() {
        // It has logins, but our reader of web.xml does not know them, nor annotations.
        return Set.of(Feature.PAGES, Feature.ACCESSORS, Feature.LOGIN, Feature.ANNOTATIONS, Feature.EARLY_HINTS);
    }

    @Override
    public AppNode start(String route, Map<String, Path> webApplications, Path workDirectory) throws Exception {
        ServletContainer container = Servlets.newContainer();
        PathHandler paths = Handlers.path();
        List<DeploymentManager> managers = new ArrayList<>();
        List<URLClassLoader> loaders = new ArrayList<>();
        for (Map.Entry<String, Path> application : webApplications.entrySet()) {
            URLClassLoader loader = loaderOf(application.getValue());
            loaders.add(loader);
            DeploymentInfo info = deployment(application.getKey(), application.getValue(), loader);
            // Undertow itself has no name for an app node; its users give it to the library.
            info.addInitParameter("session-filter.route", route);
            DeploymentManager manager = container.addDeployment(info);
            manager.deploy();
            managers.add(manager);
            paths.addPrefixPath(application.getKey().isEmpty() ? "/" : application.getKey(), manager.start());
        }
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setIoThreads(2)
                .setWorkerThreads(24)
                .setHandler(Handlers.proxyPeerAddress(paths))
                .build();
        server.start();
        return new Node(server, managers, loaders);
    }

    private static URLClassLoader loaderOf(Path directory) throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(directory.resolve("WEB-INF/classes").toUri().toURL());
        Path libraries = directory.resolve("WEB-INF/lib");
        if (Files.isDirectory(libraries)) {
            try (Stream<Path> jars = Files.list(libraries)) {
                for (Path jar : (Iterable<Path>) jars.sorted()::iterator) {
                    urls.add(jar.toUri().toURL());
                }
            }
        }
        return new URLClassLoader(urls.toArray(new URL[0]), SharedClasses.loader());
    }

    private static DeploymentInfo deployment(String contextPath, Path directory, ClassLoader loader) throws Exception {
        DeploymentInfo info = Servlets.deployment()
                .setClassLoader(loader)
                .setContextPath(contextPath.isEmpty() ? "/" : contextPath)
                .setDeploymentName(contextPath.isEmpty() ? "ROOT" : contextPath)
                .setResourceManager(new PathResourceManager(directory));
        WebSocketDeploymentInfo webSockets = new WebSocketDeploymentInfo();
        webSockets.addEndpoint(loader.loadClass("io.sessionfilter.testkit.contract.app.SessionSocket"));
        info.addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, webSockets);
        new WebXml(directory.resolve("WEB-INF/web.xml"), loader).addTo(info);
        for (ServletContainerInitializer initializer : ServiceLoader.load(ServletContainerInitializer.class, loader)) {
            info.addServletContainerInitializer(new ServletContainerInitializerInfo(initializer.getClass(), Set.of()));
        }
        return info;
    }

    private record Node(Undertow server, List<DeploymentManager> managers, List<URLClassLoader> loaders)
            implements AppNode {
        @Override
        public URI baseUri() {
            InetSocketAddress address =
                    (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
            return URI.create("http://127.0.0.1:" + address.getPort());
        }

        @Override
        public void stop() throws Exception {
            server.stop();
            for (DeploymentManager manager : managers) {
                manager.stop();
                manager.undeploy();
            }
            for (URLClassLoader loader : loaders) {
                loader.close();
            }
        }
    }
}
