package io.sessionfilter.internal.servlet.listener;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners that a web application declares: in {@code web.xml}, in the {@code web-fragment.xml} of its jars, and by
 * {@link WebListener} in {@code WEB-INF/classes}. For containers that cannot be asked for the listeners they have. Those registered by code
 * are not among them, and the instances are not the container's.
 */
public final class DeclaredListeners {
    private static final Logger log = LoggerFactory.getLogger(DeclaredListeners.class);

    private static final String CLASSES = "/WEB-INF/classes/";
    private static final byte[] ANNOTATION =
            "Ljakarta/servlet/annotation/WebListener;".getBytes(StandardCharsets.US_ASCII);

    private final ServletContext context;
    private final Set<String> names = new LinkedHashSet<>();
    private boolean metadataComplete;

    private DeclaredListeners(ServletContext context) {
        this.context = context;
    }

    /** New instances of all session listeners declared; what cannot be read or made is logged, and left out. */
    public static List<Object> in(ServletContext context) {
        DeclaredListeners declared = new DeclaredListeners(context);
        declared.readWebXml();
        if (!declared.metadataComplete) {
            declared.readFragments();
            declared.readClasses();
        }
        return declared.instances();
    }

    private void readWebXml() {
        try (InputStream webXml = context.getResourceAsStream("/WEB-INF/web.xml")) {
            if (webXml != null) {
                read(webXml);
            }
        } catch (IOException | XMLStreamException e) {
            log.warn("web.xml cannot be read, and its listeners are not called", e);
        }
    }

    private void readFragments() {
        try {
            for (URL fragment :
                    Collections.list(ApplicationLoader.of(context).getResources("META-INF/web-fragment.xml"))) {
                try (InputStream xml = fragment.openStream()) {
                    read(xml);
                }
            }
        } catch (IOException | XMLStreamException e) {
            log.warn("A web-fragment.xml cannot be read, and its listeners are not called", e);
        }
    }

    private void read(InputStream descriptor) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader xml = factory.createXMLStreamReader(descriptor);
        boolean inListener = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                String element = xml.getLocalName();
                if (element.equals("web-app")) {
                    metadataComplete = "true".equals(xml.getAttributeValue(null, "metadata-complete"));
                } else if (element.equals("listener")) {
                    inListener = true;
                } else if (inListener && element.equals("listener-class")) {
                    names.add(xml.getElementText().strip());
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("listener")) {
                inListener = false;
            }
        }
    }

    /** Looks at the bytes of each class first: loading all classes of an application has consequences. */
    private void readClasses() {
        Deque<String> directories = new ArrayDeque<>(List.of(CLASSES));
        while (!directories.isEmpty()) {
            Set<String> paths = context.getResourcePaths(directories.removeFirst());
            for (String path : paths == null ? Set.<String>of() : paths) {
                if (path.endsWith("/")) {
                    directories.add(path);
                } else if (path.endsWith(".class") && mentionsAnnotation(path)) {
                    String name = path.substring(CLASSES.length(), path.length() - ".class".length());
                    Class<?> type = load(name.replace('/', '.'));
                    if (type != null && type.isAnnotationPresent(WebListener.class)) {
                        names.add(type.getName());
                    }
                }
            }
        }
    }

    private boolean mentionsAnnotation(String path) {
        try (InputStream in = context.getResourceAsStream(path)) {
            return in != null && contains(in.readAllBytes(), ANNOTATION);
        } catch (IOException e) {
            log.debug("{} cannot be read", path, e);
            return false;
        }
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        // As characters of one byte each, for want of a search in bytes.
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }

    private List<Object> instances() {
        List<Object> listeners = new ArrayList<>();
        for (String name : names) {
            Class<?> type = load(name);
            if (type != null && ListenerClasses.isSessionListener(type)) {
                try {
                    listeners.add(ListenerClasses.create(type, context));
                } catch (ServletException | RuntimeException e) {
                    log.warn("Listener {} cannot be made, and is not called", name, e);
                }
            }
        }
        return listeners;
    }

    private @Nullable Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApplicationLoader.of(context));
        } catch (ClassNotFoundException | LinkageError e) {
            log.warn("Listener {} cannot be loaded, and is not called", name, e);
            return null;
        }
    }
}
