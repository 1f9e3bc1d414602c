package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.sessionfilter.internal.config.MemcachedAddress;
import io.sessionfilter.internal.config.SessionFilterConfig;
import io.sessionfilter.internal.config.SettingSources;
import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.SessionObserver;
import io.sessionfilter.internal.session.SessionUse;
import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.NodeId;
import io.sessionfilter.internal.store.ReplicatedStore;
import io.sessionfilter.internal.store.Ring;
import io.sessionfilter.internal.store.TimeToLive;
import io.sessionfilter.internal.time.TimeSource;
import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.MemcachedProcess;
import jakarta.servlet.ServletContext;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memcached nodes that are added and taken out by JMX while an application runs. */
class MemcachedNodeListTest {
    private static final int TIMEOUT_SECONDS = 1800;

    private final MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    private final List<MemcachedProcess> servers = new ArrayList<>();
    private StoredSessions sessions;
    private ObjectName name;

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < 4; i++) {
            servers.add(MemcachedProcess.start());
        }
        sessions = app("jvm1", node(1) + "," + node(2));
        name = name("jvm1");
    }

    @AfterEach
    void stop() {
        sessions.close();
        servers.forEach(MemcachedProcess::close);
    }

    private StoredSessions app(String route, String nodes) {
        ServletContext context = mock(ServletContext.class);
        when(context.getContextPath()).thenReturn("/app");
        when(context.getClassLoader()).thenReturn(getClass().getClassLoader());
        when(context.getVirtualServerName()).thenReturn("localhost");
        Map<String, String> settings = Map.of("memcachedNodes", nodes, "sticky", "false");
        SessionFilterConfig config =
                SessionFilterConfig.read(SettingSources.ofThisProcess("sessions", settings, Map.of()));
        return StoredSessions.start(config, route, "sessions", context, SessionObserver.NONE);
    }

    private static ObjectName name(String route) throws Exception {
        return new ObjectName(
                "io.sessionfilter:type=MemcachedNodes,context=\"/app\",filter=\"sessions\",route=\"" + route + "\"");
    }

    private String node(int number) {
        return "n" + number + ":127.0.0.1:" + servers.get(number - 1).port();
    }

    private void setNodes(String nodes) throws Exception {
        jmx.setAttribute(name, new Attribute("MemcachedNodes", nodes));
    }

    private void advance() throws Exception {
        jmx.invoke(name, "advanceChange", new Object[0], new String[0]);
    }

    private SessionId create(String value) {
        SessionUse session = sessions.create(TIMEOUT_SECONDS);
        session.setAttribute("a", value);
        assertThat(session.commit()).isEqualTo(SessionUse.Commit.STORED);
        session.active(false);
        return session.id();
    }

    private static Object read(StoredSessions app, SessionId id) {
        Opened opened = app.open(id);
        assertThat(opened).isInstanceOf(Opened.Live.class);
        SessionUse session = ((Opened.Live) opened).session();
        session.active(false);
        return session.attribute("a");
    }

    @Test
    void aSessionLivesOnOnOtherNodesUnderItsOldId() throws Exception {
        SessionId id = create("1");

        setNodes(node(3) + "," + node(4));
        assertThat(read(sessions, id)).isEqualTo("1");
        Await.until(
                "the new nodes have copies",
                () -> servers.subList(2, 4).stream().allMatch(server -> server.statistic("curr_items") > 0));
        advance();
        advance();
        servers.get(0).kill();
        servers.get(1).kill();

        assertThat(read(sessions, id)).isEqualTo("1");
        try (StoredSessions other = app("jvm2", node(3) + "," + node(4))) {
            assertThat(read(other, id)).isEqualTo("1");
        }
    }

    @Test
    void theListAndTheStepAreShown() throws Exception {
        assertThat(jmx.getAttribute(name, "MemcachedNodes")).isEqualTo(node(1) + "," + node(2));
        assertThat(jmx.getAttribute(name, "Change")).isEqualTo("none");

        setNodes(node(1) + " , " + node(3));
        assertThat(jmx.getAttribute(name, "MemcachedNodes")).isEqualTo(node(1) + "," + node(3));
        assertThat(jmx.getAttribute(name, "Change")).isEqualTo("joining");

        advance();
        assertThat(jmx.getAttribute(name, "Change")).isEqualTo("leaving");
        advance();
        assertThat(jmx.getAttribute(name, "Change")).isEqualTo("none");
    }

    @Test
    void nothingIsLeftOfANodeThatWasTakenOut() throws Exception {
        Runnable backAndForth = () -> {
            try {
                for (String list : List.of(node(1) + "," + node(3), node(1) + "," + node(2))) {
                    setNodes(list);
                    advance();
                    advance();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
        backAndForth.run();
        Await.until("nobody is connected to n3", () -> connections(3) == 0);
        int threads = Thread.activeCount();

        for (int round = 0; round < 10; round++) {
            backAndForth.run();
        }

        Await.until("nobody is connected to n3", () -> connections(3) == 0);
        Await.until("no more threads than after the first round", () -> Thread.activeCount() <= threads);
        assertThat(connections(2)).isPositive();
    }

    /** But for the one that asks, and memcached's own. */
    private long connections(int node) {
        return servers.get(node - 1).statistic("curr_connections") - idleConnections();
    }

    private long idleConnections() {
        return servers.get(3).statistic("curr_connections");
    }

    @Test
    void nothingIsLeftOfAChangeOfWhichOneNodeCannotBeConnectedTo() {
        List<MemcachedNode> connected = new ArrayList<>();
        MemcachedNodeList.Connector connector = address -> {
            if (address.nodeId().equals("n4")) {
                throw new IllegalStateException("no such host");
            }
            MemcachedNode node = mock(MemcachedNode.class);
            connected.add(node);
            return node;
        };
        MemcachedNode present = mock(MemcachedNode.class);
        when(present.id()).thenReturn(new NodeId("n1"));
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        ReplicatedStore store = new ReplicatedStore(
                new Ring(List.of(present)),
                new ReplicatedStore.Settings(
                        1, Set.of(), "app:", new TimeToLive(Duration.ofSeconds(1)), Duration.ofSeconds(1), 1000),
                TimeSource.SYSTEM,
                new Random(1),
                () -> 1,
                executor,
                new Metrics());
        MemcachedAddress address = SessionFilterConfig.memcachedNodes(node(1)).get(0);
        MemcachedNodeList list = new MemcachedNodeList(connector, Map.of(address, present), store, executor);

        assertThatThrownBy(() -> list.setMemcachedNodes(node(1) + "," + node(3) + "," + node(4)))
                .hasMessageContaining("cannot connect to memcached node " + node(4));

        assertThat(connected).hasSize(1).allSatisfy(node -> verify(node).close());
        verify(present, never()).close();
        assertThat(list.getMemcachedNodes()).isEqualTo(node(1));
        executor.shutdownNow();
    }

    @Test
    void whatIsNoListIsRefusedAndChangesNothing() throws Exception {
        refused("n1:127.0.0.1", "memcachedNodes: ", "the port is missing");
        refused(node(1), "2 copies of a session need as many memcached nodes, but there are 1");
        refused("n1:127.0.0.1:1," + node(2), "node " + node(1) + " cannot become n1:127.0.0.1:1");

        assertThat(jmx.getAttribute(name, "MemcachedNodes")).isEqualTo(node(1) + "," + node(2));
        assertThat(jmx.getAttribute(name, "Change")).isEqualTo("none");
    }

    @Test
    void aSecondChangeWaitsForTheFirst() throws Exception {
        setNodes(node(1) + "," + node(3));

        refused(node(1) + "," + node(4), "is not over", "advanceChange");
    }

    private void refused(String nodes, String... messageParts) {
        assertThatThrownBy(() -> setNodes(nodes))
                .isInstanceOf(RuntimeMBeanException.class)
                .cause()
                .hasMessageContainingAll(messageParts);
    }

    @Test
    void theListGoesWithTheApplication() throws Exception {
        StoredSessions other = app("jvm2", node(1) + "," + node(2));
        assertThat(jmx.isRegistered(name("jvm2"))).isTrue();

        other.close();

        assertThat(jmx.isRegistered(name("jvm2"))).isFalse();
    }
}
