package io.sessionfilter.internal.memcached;

import com.google.code.yanf4j.util.SelectorFactory;
import java.io.IOException;
import java.util.EmptyStackException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * xmemcached keeps twenty selectors in a static pool that nobody ever closes: forty file descriptors lost with each
 * redeployment. Here they are closed with the last client, if xmemcached lives in the web application's own class
 * loader; elsewhere others may need them.
 */
final class SelectorPool {
    private static final Logger log = LoggerFactory.getLogger(SelectorPool.class);
    /** Only closing a connection takes one, for a moment. */
    private static final int SELECTORS = 4;

    private static int clients;

    private SelectorPool() {}

    /** Whether xmemcached is of the web application that the calling thread works for, and of no other. */
    static boolean isOwn() {
        ClassLoader ours = SelectorPool.class.getClassLoader();
        return SelectorFactory.class.getClassLoader() == ours
                && Thread.currentThread().getContextClassLoader() == ours
                && ours != ClassLoader.getSystemClassLoader();
    }

    static synchronized void clientCreated() {
        if (clients++ == 0) {
            resize(SELECTORS);
        }
    }

    static synchronized void clientShutDown() {
        if (--clients == 0) {
            resize(0);
        }
    }

    private static void resize(int selectors) {
        try {
            SelectorFactory.setMaxSelectors(selectors);
        } catch (IOException | EmptyStackException e) {
            log.debug("xmemcached's selector pool stays as it is", e); // some file descriptors, no more
        }
    }
}
