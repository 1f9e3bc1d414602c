package io.sessionfilter.internal.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once if the container creates a session of its own beside ours, and who made it do so. The container tells its session listeners,
 * in the very call that creates the session: so this costs requests nothing, and the stack names the culprit. Public for the root package.
 */
public final class ContainerSessionWatch implements HttpSessionListener {
    private static final String WATCH = "io.sessionfilter.containerSessionWatch";

    private static final Logger log = LoggerFactory.getLogger(ContainerSessionWatch.class);

    private final AtomicBoolean done = new AtomicBoolean();

    private ContainerSessionWatch() {}

    /**
     * Watches the web application of a filter from now on, if that is not so already. Not if the filter is known not to be for all
     * requests: then sessions of the container are those of the others. Nothing where the container takes no listeners any more, as when it
     * starts the filter and no initializer has run: see {@link LateFilterCheck}.
     */
    public static void prepare(ServletContext context, FilterRegistration registration) {
        if (isForSomeOnly(registration)) {
            if (context.getAttribute(WATCH) instanceof ContainerSessionWatch watch) {
                watch.done.set(true);
            }
        } else if (!isWatched(context)) {
            register(context);
        }
    }

    /** Jetty does not tell initializers the mappings of web.xml: it is asked again when the filter starts. */
    private static boolean isForSomeOnly(FilterRegistration registration) {
        Collection<String> patterns = registration.getUrlPatternMappings();
        return patterns.stream().noneMatch(UrlPatterns::isForAll)
                && (!patterns.isEmpty()
                        || !registration.getServletNameMappings().isEmpty());
    }

    private static void register(ServletContext context) {
        ContainerSessionWatch watch = new ContainerSessionWatch();
        try {
            context.addListener(watch);
            context.setAttribute(WATCH, watch);
        } catch (IllegalStateException | UnsupportedOperationException e) {
            log.debug("The container takes no session listener any more", e);
        }
    }

    static boolean isWatched(ServletContext context) {
        return context.getAttribute(WATCH) != null;
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        // Our own sessions are announced to the container's listeners too.
        boolean ours = event.getSession().getClass().getPackage() == getClass().getPackage();
        if (!ours && !done.get() && !done.getAndSet(true)) {
            log.warn(
                    "The container has created a session of its own beside session-filter's, for {}: it is on this app node only, and"
                            + " the application does not see it behind the filter. See \"Registration\" in session-filter's README.",
                    SessionCreator.in(new Throwable().getStackTrace()));
        }
    }
}
