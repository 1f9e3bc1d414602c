package io.sessionfilter;

import io.sessionfilter.internal.servlet.ContainerCookie;
import io.sessionfilter.internal.servlet.FilterMappings;
import io.sessionfilter.internal.servlet.Route;
import io.sessionfilter.internal.servlet.SessionDispatch;
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
 */
public final class SessionFilter implements Filter {
    private final Function<FilterConfig, Wiring> wirings;
    private @Nullable SessionManager sessions;
    private @Nullable SessionDispatch dispatch;

    /** Called by the container. */
    public SessionFilter() {
        this(Wiring::of);
    }

    SessionFilter(Function<FilterConfig, Wiring> wirings) {
        this.wirings = wirings;
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
            FilterMappings.complete(context, registration);
        }
        String cookieName = ContainerCookie.claimName(context);
        String route = Route.find(wiring.route(), context);
        SessionManager manager = wiring.sessions().build(route);
        try {
            dispatch = SessionDispatch.over(manager, context, cookieName, wiring.servletSettings());
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
        SessionManager manager = sessions;
        if (manager != null) {
            manager.close();
        }
    }
}
