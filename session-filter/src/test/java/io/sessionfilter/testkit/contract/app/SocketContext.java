package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.ServletContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The servlet context for {@link SessionSocket}, to which a container does not give it: as soon as a script has run. */
final class SocketContext {
    private static volatile @Nullable ServletContext context;

    private SocketContext() {}

    static ServletContext get() {
        return Objects.requireNonNull(context);
    }

    static void set(ServletContext ofTheScripts) {
        context = ofTheScripts;
    }
}
