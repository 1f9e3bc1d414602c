package io.sessionfilter.testkit.contract;

import io.sessionfilter.testkit.MemcachedProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/**
 * Runs all expectations against our sessions: two app nodes, {@code jvm1} and {@code jvm2}, and two real memcached
 * nodes, {@code n1} and {@code n2}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OurSessionsContract {
    private final ContainerUnderTest container;
    private final List<MemcachedProcess> memcachedNodes = new ArrayList<>();
    private final List<MemcachedProcess> mortalNodes = new ArrayList<>();
    private Map<String, String> plain = Map.of();
    private @Nullable Deployment deployment;

    /** @param container where to run */
    protected OurSessionsContract(ContainerUnderTest container) {
        this.container = container;
    }

    @BeforeAll
    void start() throws Exception {
        plain = with(ManyUpdatesContract.SETTINGS, Map.of("memcachedNodes", startNodes(memcachedNodes)));
        Map<String, String> notSticky = new HashMap<>(plain);
        notSticky.put("sticky", "false");
        Map<String, String> development = new HashMap<>(plain);
        development.put("developmentMode", "true");
        Map<String, String> outage = new HashMap<>(OutageContract.SETTINGS);
        outage.put("memcachedNodes", startNodes(mortalNodes));
        Map<String, String> failover = new HashMap<>(outage);
        failover.put("sticky", "false");
        failover.put("validateAfter", "0");
        deployment = Deployment.start(
                container,
                Provider.oursUnlessToldOtherwise(),
                List.of("jvm1", "jvm2"),
                Map.of(
                        RegistrationContract.EARLY,
                                new WebArchive(
                                        FilterDeclaration.automatic(with(plain, CookieSettingsContract.OPEN))
                                                + RegistrationContract.EARLY_USERS,
                                        SessionConfigs.NONE,
                                        true),
                        RegistrationContract.LOGIN,
                                new WebArchive(
                                        FilterDeclaration.automatic(with(plain, CookieSettingsContract.CLOSED))
                                                + RegistrationContract.FORM_LOGIN,
                                        SessionConfigs.NONE,
                                        true),
                        UnchangedResponseContract.UNFILTERED, new WebArchive("", SessionConfigs.NONE, true),
                        ContractTest.ROOT,
                                new WebArchive(FilterDeclaration.of(plain), SessionConfigs.TIMEOUT_ONLY, true),
                        ContractTest.APP, new WebArchive(FilterDeclaration.of(plain), SessionConfigs.NONE, true),
                        ContractTest.NOT_STICKY,
                                new WebArchive(FilterDeclaration.of(notSticky), SessionConfigs.NONE, true),
                        ContractTest.OUTAGE, new WebArchive(FilterDeclaration.of(outage), SessionConfigs.NONE, true),
                        ContractTest.FAILOVER,
                                new WebArchive(FilterDeclaration.of(failover), SessionConfigs.NONE, true),
                        ContractTest.LISTENERS, withListeners(),
                        ContractTest.CONFIGURED,
                                new WebArchive(
                                        FilterDeclaration.mappedTwice(development), SessionConfigs.FULL, false)));
    }

    private WebArchive withListeners() {
        return new WebArchive(FilterDeclaration.of(plain), SessionConfigs.LISTENERS, true);
    }

    private static Map<String, String> with(Map<String, String> settings, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return all;
    }

    private static String startNodes(List<MemcachedProcess> nodes) {
        nodes.add(MemcachedProcess.start());
        nodes.add(MemcachedProcess.start());
        return "n1:127.0.0.1:" + nodes.get(0).port() + ",n2:127.0.0.1:"
                + nodes.get(1).port();
    }

    @AfterAll
    void stop() throws Exception {
        try {
            if (deployment != null) {
                deployment.stop();
            }
        } finally {
            memcachedNodes.forEach(MemcachedProcess::close);
            mortalNodes.forEach(MemcachedProcess::close);
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
    class ListenersOfTwoNodes extends TwoNodesListenerContract {
        @Override
        Deployment startAnotherNode() throws Exception {
            return Deployment.start(
                    container,
                    Provider.oursUnlessToldOtherwise(),
                    List.of("jvm3"),
                    Map.of(ContractTest.LISTENERS, withListeners()));
        }

        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }
    }

    @Nested
    class Sticky extends AllContracts {
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
    class NotSticky extends AllContracts {
        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }

        @Override
        String contextPath() {
            return ContractTest.NOT_STICKY;
        }
    }

    @Nested
    class Registration extends RegistrationContract {
        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }
    }

    @Nested
    class StoredAttributes extends StoredAttributesContract {
        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }
    }

    @Nested
    class Failover extends FailoverContract {
        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }

        @Override
        List<MemcachedProcess> memcachedNodes() {
            return mortalNodes;
        }
    }

    @Nested
    class Outage extends OutageContract {
        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }

        @Override
        List<MemcachedProcess> memcachedNodes() {
            return mortalNodes;
        }
    }

    @Nested
    class EndedByListener extends EndedByIdListenerContract {
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

    @Nested
    class ExpiryOnTwoNodes extends TwoNodesExpiryContract {
        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }
    }

    @Nested
    class CookieSettings extends CookieSettingsContract {
        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }
    }

    @Nested
    class UnchangedResponse extends UnchangedResponseContract {
        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }
    }

    @Nested
    class FailingSave extends FailingSaveContract {
        @Override
        Deployment deployment() {
            return Objects.requireNonNull(deployment);
        }

        @Override
        List<MemcachedProcess> memcachedNodes() {
            return mortalNodes;
        }
    }
}
