package io.sessionfilter.internal.servlet.listener;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/** Which class loader has the classes of a web application. */
public final class ApplicationLoader {
    private ApplicationLoader() {}

    /**
     * The web application's class loader, to be asked for while it starts. An embedded container may know of none (Jetty's {@code ServletContextHandler}
     * without a {@code WebAppContext}): then that of the thread that starts it, else ours.
     */
    public static ClassLoader of(ServletContext context) {
        @Nullable ClassLoader loader = context.getClassLoader();
        if (loader == null) {
            loader = Thread.currentThread().getContextClassLoader();
        }
        return loader == null ? ApplicationLoader.class.getClassLoader() : loader;
    }
}
