package io.sessionfilter.testkit.contract;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/**
 * Runs the shared expectations against the container's own sessions: they are the container's, but for the
 * differences listed at the tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class NativeSessionsContract {
    private final ContainerUnderTest container;
    private @Nullable Deployment deployment;

    /** @param container where to run */
    protected NativeSessionsContract(ContainerUnderTest container) {
        this.container = container;
    }

    @BeforeAll
    void start() throws Exception {
        deployment = Deployment.start(
                container,
                Provider.NATIVE,
                List.of("jvm1"),
                Map.of(
                        ContractTest.ROOT, new WebArchive("", SessionConfigs.TIMEOUT_ONLY, true),
                        ContractTest.APP, new WebArchive("", SessionConfigs.NONE, true),
                        ContractTest.LISTENERS, new WebArchive("", SessionConfigs.LISTENERS, true),
                        ContractTest.CONFIGURED, new WebArchive("", SessionConfigs.FULL, false)));
    }

    @AfterAll
    void stop() throws Exception {
        if (deployment != null) {
            deployment.stop();
        }
    }

    @Nested
    class Listeners extends ListenerContract {
        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }
    }

    @Nested
    class Native extends SharedContracts {
        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }

        @Override
        String contextPath() {
            return ContractTest.APP;
        }
    }

    @Nested
    class EndedByListener extends EndedByListenerContract {
        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }
    }

    @Nested
    class KeepAlive extends KeepAliveContract {
        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }
    }
}
