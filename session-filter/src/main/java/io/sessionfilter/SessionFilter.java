package io.sessionfilter;

import io.sessionfilter.internal.servlet.ContainerCookie;
import io.sessionfilter.internal.servlet.ContainerListeners;
import io.sessionfilter.internal.servlet.Route;
import io.sessionfilter.internal.servlet.SessionDispatch;
import io.sessionfilter.internal.servlet.listener.SessionListeners;
import io.sessionfilter.internal.session.SessionManager;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.EventListener;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the HTTP sessions of a web application in memcached. Declare it in {@code web.xml} before all other filters, map it to
 * {@code /*}, and tell it where memcached is:
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>sessions</filter-name>
 *   <filter-class>io.sessionfilter.SessionFilter</filter-class>
 *   <init-param>
 *     <param-name>memcachedNodes</param-name>
 *     <param-value>n1:10.0.0.1:11211,n2:10.0.0.2:11211</param-value>
 *   </init-param>
 * </filter>
 * <filter-mapping>
 *   <filter-name>sessions</filter-name>
 *   <url-pattern>/*</url-pattern>
 * </filter-mapping>
 * }</pre>
 *
 * <p>The other dispatcher types and asynchronous requests are added by {@link SessionFilterInitializer}. From then on
 * {@code request.getSession()} is such a session. The container's own session cookie gets another name.
 *
 * <p>Instead of declaring it, give the web application a context-param {@code session-filter.memcachedNodes}: then
 * {@link SessionFilterInitializer} registers it, before all other filters. Or let code do so, with {@link #install}.
 *
 * <p>One web application has one. A second one stops the start, unless no URL pattern of the one overlaps with one of the other.
 */
public final class SessionFilter implements Filter {
    private final Function<FilterConfig, Wiring> wirings;
    private final List<EventListener> givenListeners;
    private @Nullable SessionManager sessions;
    private @Nullable SessionDispatch dispatch;

    /** Called by the container. */
    public SessionFilter() {
        this(List.of());
    }

    /** With listeners beside those of the web application. */
    SessionFilter(List<EventListener> givenListeners) {
        this(Wiring::of, givenListeners);
    }

    SessionFilter(Function<FilterConfig, Wiring> wirings, List<EventListener> givenListeners) {
        this.wirings = wirings;
        this.givenListeners = givenListeners;
    }

    /**
     * Registers the filter by code, for servers that are embedded and run no {@link SessionFilterInitializer}: for all requests, and
     * before all filters that are declared, and those that are registered later.
     *
     * <p>To be called while the web application starts, from a {@link jakarta.servlet.ServletContainerInitializer} or from
     * {@code contextInitialized} of a listener in {@code web.xml}. In Spring Boot that is a bean that implements
     * {@code ServletContextInitializer}, and {@code Ordered} with the highest precedence.
     *
     * @param context of the web application
     * @param settings and listeners
     * @return the registration, which has all it needs: init-params, mappings of all dispatcher types, asynchronous requests
     * @throws SessionFilterConfigException if a setting is unknown, missing or wrong, with all problems in its message; or if the web
     *     application has a {@code SessionFilter} already
     * @throws IllegalStateException if the web application has started already
     */
    public static FilterRegistration.Dynamic install(ServletContext context, SessionFilterSettings settings) {
        return Installation.of(context, settings, "registered by SessionFilter.install");
    }

    /**
     * As {@link #install(ServletContext, SessionFilterSettings)}, for settings and nothing else.
     *
     * @param context of the web application
     * @param settings values by the names of the README's table; whatever they do not have may still come from system properties,
     *     environment variables and context-params
     * @return the registration
     */
    public static FilterRegistration.Dynamic install(ServletContext context, Map<String, String> settings) {
        return install(context, SessionFilterSettings.of(settings));
    }

    /**
     * Starts the sessions of the web application.
     *
     * @throws SessionFilterConfigException if anything is configured wrongly; the application does not start then
     */
    @Override
    public void init(FilterConfig config) {
        Wiring wiring = wirings.apply(config);
        if (!wiring.enabled()) {
            return;
        }
        ServletContext context = config.getServletContext();
        FilterRegistration registration = context.getFilterRegistration(config.getFilterName());
        if (registration != null) {
            Installation.completeAndCheck(context, registration);
        }
        String cookieName = ContainerCookie.claimName(context);
        String route = Route.find(wiring.route(), context);
        SessionListeners listeners =
                ContainerListeners.find(context, wiring.servletSettings().listeners(), givenListeners);
        SessionManager manager = wiring.sessions().build(route, listeners);
        try {
            dispatch = SessionDispatch.over(manager, listeners, context, cookieName, wiring.servletSettings());
        } catch (RuntimeException e) {
            manager.close(); // a container does not destroy what it could not start
            throw e;
        }
        sessions = manager;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SessionDispatch enabled = dispatch;
        if (enabled == null) {
            chain.doFilter(request, response);
        } else {
            enabled.doFilter(request, response, chain);
        }
    }

    /** Closes what the sessions hold; they stay in memcached. */
    @Override
    public void destroy() {
        SessionDispatch enabled = dispatch;
        if (enabled != null) {
            enabled.close();
        }
        SessionManager manager = sessions;
        if (manager != null) {
            manager.close();
        }
    }
}
