package io.sessionfilter.testkit.contract;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tests of the contract share: the deployment, browsers, and the story for the failure's message. */
@ExtendWith(ContractExtension.class)
abstract class ContractTest {
    /** The plain application under a path. */
    static final String APP = "/app";
    /** The application at the root, with a session timeout in {@code session-config}. */
    static final String ROOT = "";
    /**
     * The application with everything set in {@code session-config} or by a listener, and without an error page; ours in
     * development mode.
     */
    static final String CONFIGURED = "/configured";
    /** The plain application with {@code sticky=false}; only with our sessions. */
    static final String NOT_STICKY = "/not-sticky";

    /** The plain application with memcached nodes of its own, which tests may kill; only with our sessions. */
    static final String OUTAGE = "/outage";

    /** The plain application with session listeners. */
    static final String LISTENERS = "/listeners";
    /** As {@link #OUTAGE}, with {@code sticky=false}. */
    static final String FAILOVER = "/failover";

    private final List<Exchange> story = new CopyOnWriteArrayList<>();

    abstract Deployment deployment();

    /** The application that the test drives where it does not matter which. */
    String contextPath() {
        return APP;
    }

    Browser newBrowser() {
        return newBrowser(contextPath());
    }

    Browser newBrowser(String path) {
        return new Browser(deployment(), path, story);
    }

    /** A client of other app nodes than those that are there for all tests. */
    Browser newBrowserAt(Deployment others) {
        return new Browser(others, contextPath(), story);
    }

    String story() {
        return story.stream().map(Exchange::toString).collect(Collectors.joining("\n\n"));
    }
}
