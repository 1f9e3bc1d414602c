package io.sessionfilter.internal.servlet.listener;

import io.sessionfilter.SessionFilterConfigException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.EventListener;
import java.util.List;
import java.util.stream.Collectors;

/** Makes listeners of class names, as the container does: with injection, where it has that. */
public final class ListenerClasses {
    private static final List<Class<? extends EventListener>> KINDS =
            List.of(HttpSessionListener.class, HttpSessionAttributeListener.class, HttpSessionIdListener.class);

    private ListenerClasses() {}

    /** Whether instances of a class hear of sessions. */
    public static boolean isSessionListener(Class<?> type) {
        return KINDS.stream().anyMatch(kind -> kind.isAssignableFrom(type));
    }

    /**
     * Makes the listeners of the init-param {@code listeners}, but those that are known already.
     *
     * @param known found in the container
     * @throws SessionFilterConfigException if a class cannot be had, or is no listener; with its name and the parameter's
     */
    public static List<Object> configured(List<String> names, List<Object> known, ServletContext context) {
        return names.stream()
                .distinct()
                .filter(name -> known.stream()
                        .noneMatch(listener -> listener.getClass().getName().equals(name)))
                .map(name -> make(name, context))
                .toList();
    }

    private static Object make(String name, ServletContext context) {
        try {
            Class<?> type = Class.forName(name, true, ApplicationLoader.of(context));
            if (!isSessionListener(type)) {
                throw new SessionFilterConfigException("init-param listeners names " + name + ", which is none of "
                        + KINDS.stream().map(Class::getSimpleName).collect(Collectors.joining(", "))
                        + " (attribute values that are listeners hear of themselves without being named)");
            }
            return create(type, context);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new SessionFilterConfigException(
                    "init-param listeners names " + name + ", but the web application has no such class", e);
        } catch (ServletException | RuntimeException e) {
            if (e instanceof SessionFilterConfigException ours) {
                throw ours;
            }
            throw new SessionFilterConfigException(
                    "init-param listeners names " + name + ", of which no instance can be made: " + e, e);
        }
    }

    static EventListener create(Class<?> type, ServletContext context) throws ServletException {
        return context.createListener(type.asSubclass(EventListener.class));
    }
}
