package io.sessionfilter.internal.servlet;

import io.sessionfilter.SessionFilterConfigException;
import jakarta.servlet.ServletContext;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of this app node as the load balancer knows it. Public for the root package. */
public final class Route {
    private static final String SYSTEM_PROPERTY = "jvmRoute";
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]+");

    /** Jetty's worker name when nobody has set one: the same on all app nodes, so no route. */
    private static final String JETTY_DEFAULT = "node0";

    private Route() {}

    /**
     * Finds the route: as configured, else the system property {@code jvmRoute}, else what the container calls itself.
     *
     * @param configured the init-param {@code route}
     * @return {@code null}: this app node has none
     * @throws SessionFilterConfigException if the name found has other characters than letters, digits, {@code _} and {@code -}
     */
    public static @Nullable String find(@Nullable String configured, ServletContext context) {
        if (configured != null) {
            return valid(configured, "init-param route");
        }
        String property = System.getProperty(SYSTEM_PROPERTY);
        if (property != null && !property.isEmpty()) {
            return valid(property, "system property " + SYSTEM_PROPERTY);
        }
        String tomcat = ofTomcat(context);
        if (tomcat != null && !tomcat.isEmpty()) {
            return valid(tomcat, "jvmRoute of Tomcat's Engine");
        }
        String jetty = ofJetty(context);
        if (jetty != null && !jetty.isEmpty() && !jetty.equals(JETTY_DEFAULT)) {
            return valid(jetty, "worker name of Jetty's SessionIdManager");
        }
        return null;
    }

    private static String valid(String route, String source) {
        if (!VALID.matcher(route).matches()) {
            throw new SessionFilterConfigException(source
                    + " is to name this app node in session ids: letters, digits, _ and - are allowed, but it was \""
                    + route
                    + "\" (init-param route is asked first, and can give another name)");
        }
        return route;
    }

    /** The facade's application context, its StandardContext, Host, Engine. */
    private static @Nullable String ofTomcat(ServletContext context) {
        return Reflection.field(context, "context")
                .flatMap(applicationContext -> Reflection.field(applicationContext, "context"))
                .flatMap(standardContext -> Reflection.call(standardContext, "getParent"))
                .flatMap(host -> Reflection.call(host, "getParent"))
                .flatMap(engine -> Reflection.call(engine, "getJvmRoute"))
                .map(Object::toString)
                .orElse(null);
    }

    private static @Nullable String ofJetty(ServletContext context) {
        Optional<Object> handler = Reflection.call(context, "getContextHandler");
        return handler.flatMap(contextHandler -> Reflection.call(contextHandler, "getSessionHandler"))
                .flatMap(sessionHandler -> Reflection.call(sessionHandler, "getSessionIdManager"))
                .flatMap(idManager -> Reflection.call(idManager, "getWorkerName"))
                .map(Object::toString)
                .orElse(null);
    }
}
