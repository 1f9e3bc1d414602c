package io.sessionfilter.undertow;

import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.api.ServletSessionConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.SessionTrackingMode;
import java.nio.file.Path;
import java.util.EventListener;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A deployment descriptor, as far as the contract's applications use it. */
final class WebXml {
    private final Element root;
    private final ClassLoader loader;

    WebXml(Path file, ClassLoader loader) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(false);
        this.root = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        this.loader = loader;
    }

    void addTo(DeploymentInfo info) throws ClassNotFoundException {
        addParameters(root, "context-param", info::addInitParameter);
        for (Element listener : children(root, "listener")) {
            info.addListener(
                    Servlets.listener(load(text(listener, "listener-class")).asSubclass(EventListener.class)));
        }
        for (Element filter : children(root, "filter")) {
            info.addFilter(filter(filter));
        }
        for (Element mapping : children(root, "filter-mapping")) {
            map(mapping, info);
        }
        for (Element servlet : children(root, "servlet")) {
            info.addServlet(servlet(servlet));
        }
        for (Element page : children(root, "error-page")) {
            info.addErrorPage(Servlets.errorPage(text(page, "location")));
        }
        for (Element config : children(root, "session-config")) {
            configureSessions(config, info);
        }
    }

    private FilterInfo filter(Element element) throws ClassNotFoundException {
        FilterInfo filter = Servlets.filter(
                text(element, "filter-name"),
                load(text(element, "filter-class")).asSubclass(Filter.class));
        filter.setAsyncSupported(isTrue(element, "async-supported"));
        addParameters(element, "init-param", filter::addInitParam);
        return filter;
    }

    private static void map(Element mapping, DeploymentInfo info) {
        String name = text(mapping, "filter-name");
        List<DispatcherType> declared = children(mapping, "dispatcher").stream()
                .map(element -> DispatcherType.valueOf(element.getTextContent().trim()))
                .toList();
        for (DispatcherType type : declared.isEmpty() ? List.of(DispatcherType.REQUEST) : declared) {
            for (Element pattern : children(mapping, "url-pattern")) {
                info.addFilterUrlMapping(name, pattern.getTextContent().trim(), type);
            }
            for (Element servlet : children(mapping, "servlet-name")) {
                info.addFilterServletNameMapping(name, servlet.getTextContent().trim(), type);
            }
        }
    }

    private ServletInfo servlet(Element element) throws ClassNotFoundException {
        String name = text(element, "servlet-name");
        ServletInfo servlet =
                Servlets.servlet(name, load(text(element, "servlet-class")).asSubclass(Servlet.class));
        servlet.setAsyncSupported(isTrue(element, "async-supported"));
        for (Element order : children(element, "load-on-startup")) {
            servlet.setLoadOnStartup(Integer.valueOf(order.getTextContent().trim()));
        }
        addParameters(element, "init-param", servlet::addInitParam);
        children(root, "servlet-mapping").stream()
                .filter(mapping -> text(mapping, "servlet-name").equals(name))
                .flatMap(mapping -> children(mapping, "url-pattern").stream())
                .forEach(pattern -> servlet.addMapping(pattern.getTextContent().trim()));
        return servlet;
    }

    private static void configureSessions(Element config, DeploymentInfo info) {
        for (Element timeout : children(config, "session-timeout")) {
            info.setDefaultSessionTimeout(
                    60 * Integer.parseInt(timeout.getTextContent().trim()));
        }
        ServletSessionConfig session = new ServletSessionConfig();
        info.setServletSessionConfig(session);
        Set<SessionTrackingMode> modes = children(config, "tracking-mode").stream()
                .map(mode -> SessionTrackingMode.valueOf(mode.getTextContent().trim()))
                .collect(Collectors.toSet());
        if (!modes.isEmpty()) {
            session.setSessionTrackingModes(modes);
        }
        for (Element cookie : children(config, "cookie-config")) {
            children(cookie, "name")
                    .forEach(value -> session.setName(value.getTextContent().trim()));
            children(cookie, "domain")
                    .forEach(value -> session.setDomain(value.getTextContent().trim()));
            children(cookie, "path")
                    .forEach(value -> session.setPath(value.getTextContent().trim()));
            children(cookie, "max-age")
                    .forEach(value -> session.setMaxAge(
                            Integer.parseInt(value.getTextContent().trim())));
            session.setHttpOnly(isTrue(cookie, "http-only"));
            session.setSecure(isTrue(cookie, "secure"));
            // Undertow's own settings have no place for these.
            info.addServletExtension((deployment, context) -> children(cookie, "attribute")
                    .forEach(attribute -> context.getSessionCookieConfig()
                            .setAttribute(text(attribute, "attribute-name"), text(attribute, "attribute-value"))));
        }
    }

    private static void addParameters(Element parent, String tag, BiConsumer<String, String> target) {
        children(parent, tag).forEach(param -> target.accept(text(param, "param-name"), text(param, "param-value")));
    }

    private Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, loader);
    }

    private static boolean isTrue(Element parent, String tag) {
        return children(parent, tag).stream()
                .anyMatch(value -> value.getTextContent().trim().equals("true"));
    }

    private static String text(Element parent, String tag) {
        return children(parent, tag).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(parent.getTagName() + " lacks " + tag))
                .getTextContent()
                .trim();
    }

    private static List<Element> children(Element parent, String tag) {
        NodeList nodes = parent.getChildNodes();
        Stream<Element> elements = IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
        return elements.filter(element -> element.getTagName().equals(tag)).toList();
    }
}
