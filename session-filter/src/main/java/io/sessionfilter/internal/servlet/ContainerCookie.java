package io.sessionfilter.internal.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the container's own session cookie out of the way of ours: the configured name becomes ours, and the container's gets another.
 * Some containers would replace our cookie by theirs of the same name as soon as anything creates a session of theirs. Public for the root
 * package.
 */
public final class ContainerCookie {
    /** Where the initializer leaves the configured name for the filter. */
    private static final String CONFIGURED_NAME = "io.sessionfilter.configuredCookieName";

    private static final String SUFFIX = "_container";

    private static final Logger log = LoggerFactory.getLogger(ContainerCookie.class);

    private ContainerCookie() {}

    /** Renames the container's cookie, while the application starts and cookies may still be configured. */
    public static void rename(ServletContext context) {
        @Nullable SessionCookieConfig config = context.getSessionCookieConfig();
        String name = nameIn(config);
        if (config != null && !isNeededByContainer(context) && !name.endsWith(SUFFIX)) {
            config.setName(name + SUFFIX);
            context.setAttribute(CONFIGURED_NAME, name);
        }
    }

    /**
     * The name of our cookie, when the filter starts: the configured one. A listener may have changed it since the initializer ran, and the
     * initializer may not have run at all: then the container's is renamed here, if the container still allows it.
     */
    public static String claimName(ServletContext context) {
        String name = nameIn(context.getSessionCookieConfig());
        if (name.endsWith(SUFFIX) && context.getAttribute(CONFIGURED_NAME) instanceof String configured) {
            return configured;
        }
        try {
            rename(context);
        } catch (IllegalStateException | UnsupportedOperationException e) {
            log.warn(
                    "The session cookie of the container has the name of ours, {}, and can no longer be renamed: should anything create a"
                            + " session of the container, clients may lose theirs. {}",
                    name,
                    FilterMappings.INITIALIZER_HINT,
                    e);
        }
        return name;
    }

    /** An embedded container that was told to have no sessions has no configuration of their cookie. */
    private static String nameIn(@Nullable SessionCookieConfig config) {
        String name = config == null ? null : config.getName();
        return name == null || name.isEmpty() ? SessionCookie.DEFAULT_NAME : name;
    }

    /** These strip the id from the URI before a filter sees it, and find it only under the name that they know. */
    private static boolean isNeededByContainer(ServletContext context) {
        String server = String.valueOf(context.getServerInfo()).toLowerCase(Locale.ROOT);
        return Stream.of("liberty", "websphere", "smf webcontainer", "payara", "glassfish")
                .anyMatch(server::contains);
    }
}
