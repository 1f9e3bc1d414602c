package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.servlet.listener.DeclaredListeners;
import io.sessionfilter.internal.servlet.listener.ListenerClasses;
import io.sessionfilter.internal.servlet.listener.SessionListeners;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EventListener;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the application's session listeners, however they were registered: the container's own instances, in its order. No public API tells
 * them, so this looks into the containers known. Public for the root package.
 */
public final class ContainerListeners {
    private static final Logger log = LoggerFactory.getLogger(ContainerListeners.class);

    /** Ours are for the container's sessions, and so are Undertow's: it closes WebSockets, and casts the session to its own. */
    private static final List<String> NOT_OF_THE_APPLICATION = List.of("io.sessionfilter.internal.", "io.undertow.");

    private ContainerListeners() {}

    /**
     * Finds the listeners when the filter starts: then all are registered. In a container that is not known, those that are declared, in
     * instances of our own, and one warning.
     *
     * @param configured names of further classes, or of those that are not found
     * @param given instances; one that is registered in the container too is called once
     * @throws io.sessionfilter.SessionFilterConfigException if a configured class is no listener
     */
    public static SessionListeners find(
            ServletContext context, List<String> configured, List<? extends EventListener> given) {
        List<Object> listeners = new ArrayList<>(
                ofContainer(context).map(ContainerListeners::distinct).orElseGet(() -> declared(context)));
        for (EventListener listener : given) {
            if (listeners.stream().noneMatch(known -> known == listener)) {
                listeners.add(listener);
            }
        }
        listeners.addAll(ListenerClasses.configured(configured, listeners, context));
        return new SessionListeners(listeners);
    }

    /** One object often is a listener of several kinds, and is in several lists then; what we have registered ourselves is for the container. */
    private static List<Object> distinct(List<Object> listeners) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return listeners.stream()
                .filter(listener -> NOT_OF_THE_APPLICATION.stream()
                        .noneMatch(listener.getClass().getName()::startsWith))
                .filter(seen::add)
                .toList();
    }

    private static List<Object> declared(ServletContext context) {
        List<Object> declared = DeclaredListeners.in(context);
        log.warn(
                "The listeners of this container ({}) cannot be asked for. Session listeners that web.xml, a web-fragment.xml or @WebListener"
                        + " declares are called, in instances of their own: {}. Name those that are registered by code in the init-param"
                        + " listeners.",
                context.getServerInfo(),
                declared.stream().map(listener -> listener.getClass().getName()).toList());
        return declared;
    }

    /** Empty: it is none that is known. */
    static Optional<List<Object>> ofContainer(ServletContext context) {
        return ofTomcat(context).or(() -> ofJetty(context)).or(() -> ofUndertow(context));
    }

    /** The facade's application context, and its StandardContext: session listeners are among those of life cycles. */
    private static Optional<List<Object>> ofTomcat(ServletContext context) {
        return Reflection.field(context, "context")
                .flatMap(applicationContext -> Reflection.field(applicationContext, "context"))
                .flatMap(standardContext -> all(List.of(
                        Reflection.call(standardContext, "getApplicationLifecycleListeners"),
                        Reflection.call(standardContext, "getApplicationEventListeners"))));
    }

    private static Optional<List<Object>> ofJetty(ServletContext context) {
        return Reflection.call(context, "getContextHandler")
                .flatMap(contextHandler -> Reflection.call(contextHandler, "getSessionHandler"))
                .flatMap(sessionHandler -> all(List.of(
                        Reflection.field(sessionHandler, "_sessionListeners"),
                        Reflection.field(sessionHandler, "_sessionAttributeListeners"),
                        Reflection.field(sessionHandler, "_sessionIdListeners"))));
    }

    /** Arrays of managed listeners, which have an instance each. */
    private static Optional<List<Object>> ofUndertow(ServletContext context) {
        return Reflection.call(context, "getDeployment")
                .flatMap(deployment -> Reflection.call(deployment, "getApplicationListeners"))
                .flatMap(listeners -> all(List.of(
                        Reflection.field(listeners, "httpSessionListeners"),
                        Reflection.field(listeners, "httpSessionAttributeListeners"),
                        Reflection.field(listeners, "httpSessionIdListeners"))))
                .flatMap(managed -> {
                    List<Object> instances = managed.stream()
                            .flatMap(listener -> Reflection.call(listener, "instance").stream())
                            .toList();
                    return instances.size() == managed.size() ? Optional.of(instances) : Optional.empty();
                });
    }

    /** What is in all of these arrays and collections; empty if one of them is not there. */
    private static Optional<List<Object>> all(List<Optional<Object>> lists) {
        boolean complete = lists.stream()
                .allMatch(list -> list.filter(found -> found instanceof Object[] || found instanceof Collection)
                        .isPresent());
        if (!complete) {
            return Optional.empty();
        }
        List<Object> elements = new ArrayList<>();
        for (Optional<Object> list : lists) {
            Object found = list.orElseThrow();
            elements.addAll(found instanceof Object[] array ? Arrays.asList(array) : (Collection<?>) found);
        }
        return Optional.of(elements);
    }
}
