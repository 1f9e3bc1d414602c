package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import io.sessionfilter.SessionFilterConfigException;
import jakarta.servlet.ServletContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class RouteTest {
    private final ServletContext plain = mock();

    @AfterEach
    void clear() {
        System.clearProperty("jvmRoute");
    }

    @Test
    void configuredRouteWinsOverTheSystemProperty() {
        System.setProperty("jvmRoute", "jvm2");

        assertThat(Route.find("jvm1", plain)).isEqualTo("jvm1");
        assertThat(Route.find(null, plain)).isEqualTo("jvm2");
    }

    @Test
    void containerThatIsNotKnownHasNoRoute() {
        assertThat(Route.find(null, plain)).isNull();
    }

    @Test
    void routeThatBalancersCannotFollowIsRefused() {
        System.setProperty("jvmRoute", "jvm.1");

        assertThatThrownBy(() -> Route.find(null, plain))
                .isInstanceOf(SessionFilterConfigException.class)
                .hasMessageContaining("system property jvmRoute")
                .hasMessageContaining("jvm.1");
    }

    @Test
    void routeOfTomcatsEngineIsFoundBehindItsFacade() {
        TomcatFacade facade = mock(TomcatFacade.class, withSettings().defaultAnswer(Mockito.CALLS_REAL_METHODS));
        facade.context = new TomcatApplicationContext();

        assertThat(Route.find(null, facade)).isEqualTo("jvm3");
    }

    @Test
    void workerNameOfJettyIsTheRouteUnlessItIsTheDefault() {
        JettyContext context = mock(JettyContext.class);
        JettyWorker worker = new JettyWorker();
        Mockito.when(context.getContextHandler()).thenReturn(worker);

        worker.name = "node0";
        assertThat(Route.find(null, context)).isNull();
        worker.name = "node01";
        assertThat(Route.find(null, context)).isEqualTo("node01");
    }

    abstract static class TomcatFacade implements ServletContext {
        TomcatApplicationContext context;
    }

    static final class TomcatApplicationContext {
        @SuppressWarnings("unused") // read by reflection
        private final TomcatContainer context = new TomcatContainer(new TomcatContainer(new TomcatContainer(null)));
    }

    /** Context, Host and Engine. */
    public record TomcatContainer(TomcatContainer parent) {
        public TomcatContainer getParent() {
            return parent;
        }

        public String getJvmRoute() {
            return "jvm3";
        }
    }

    interface JettyContext extends ServletContext {
        JettyWorker getContextHandler();
    }

    /** Handler, session handler and id manager in one. */
    public static final class JettyWorker {
        String name = "";

        public JettyWorker getSessionHandler() {
            return this;
        }

        public JettyWorker getSessionIdManager() {
            return this;
        }

        public String getWorkerName() {
            return name;
        }
    }
}
