package io.sessionfilter.example.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole site: two memcached nodes, the database, the same war on one Tomcat and one Jetty, and the balancer before them.
 *
 * <p>Closing ends every process, whatever happened before.
 */
public final class Cluster implements AutoCloseable {
    /** The app nodes: route and container. */
    static final String TOMCAT = "jvm1";

    static final String JETTY = "jvm2";
    static final String COOKIE = "JSESSIONID";

    private static final int SMALL_HEAP = 48;
    private static final int APP_HEAP = 192;

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Layout layout;
    private final Codec codec;
    private final Path state;
    private final Guard.Link guard;
    private final Ports ports = new Ports();
    private final String memcachedKind;
    private final URI address;

    /** Prepares all, starts nothing yet. Logs and work files go to {@code state}. */
    Cluster(Layout layout, Codec codec, Path state, int wantedPort) throws IOException {
        this.layout = layout;
        this.codec = codec;
        this.state = state;
        Files.createDirectories(state.resolve("logs"));
        guard = new Guard.Link(new ProcessBuilder(
                "sh",
                "-c",
                "trap '' INT HUP TERM; exec \"$@\"",
                "sh",
                layout.java(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                layout.ownJar(),
                Guard.class.getName()));

        Optional<MemcachedProgram> program =
                MemcachedProgram.find(System.getenv().getOrDefault("PATH", ""));
        memcachedKind = program.map(found -> "memcached " + found.version() + ", " + found.path())
                .orElse("the test kit's in-memory one: no memcached 1.6.18 or newer on the PATH");
        int n1 = addMemcached("n1", 11211, program);
        int n2 = addMemcached("n2", 11212, program);
        String nodes = "n1:127.0.0.1:" + n1 + ",n2:127.0.0.1:" + n2;

        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        int db = addDatabase();

        int balancer = ports.choose(wantedPort);
        address = URI.create("http://127.0.0.1:" + balancer + "/");
        int jvm1 = addAppNode(TOMCAT, "tomcat", TomcatNode.class, 8081, nodes, db, password);
        int jvm2 = addAppNode(JETTY, "jetty", JettyNode.class, 8082, nodes, db, password);
        addBalancer(balancer, jvm1, jvm2);
    }

    private int addMemcached(String name, int wanted, Optional<MemcachedProgram> program) throws IOException {
        int port = ports.choose(wanted);
        List<String> command = program.map(found -> found.command(port))
                .orElseGet(() -> layout.tethered(
                        "memcached",
                        SMALL_HEAP * 2,
                        List.of(),
                        List.of("io.sessionfilter.testkit.InMemoryMemcached", "--port", Integer.toString(port))));
        add(name, "memcached node", "127.0.0.1:" + port, command, Map.of(), Probe.accepting(port));
        return port;
    }

    private int addDatabase() throws IOException {
        int port = ports.choose(9092);
        List<String> command = layout.tethered(
                "db",
                SMALL_HEAP * 2,
                List.of("-Dh2.bindAddress=127.0.0.1"),
                List.of(
                        "org.h2.tools.Server",
                        "-tcp",
                        "-tcpPort",
                        Integer.toString(port),
                        "-ifNotExists",
                        "-baseDir",
                        state.resolve("db").toAbsolutePath().toString()));
        add("db", "database (H2)", "127.0.0.1:" + port, command, Map.of(), Probe.accepting(port));
        return port;
    }

    private int addAppNode(
            String route, String container, Class<?> main, int wanted, String memcachedNodes, int db, String password)
            throws IOException {
        int port = ports.choose(wanted);
        List<String> command = layout.tethered(
                container,
                APP_HEAP,
                List.of(
                        "-DjvmRoute=" + route,
                        "-Dsession-filter.memcachedNodes=" + memcachedNodes,
                        "-Dsession-filter.codec=" + codec.name(),
                        "-Dboard.demo=true",
                        "-Dboard.db.url=jdbc:h2:tcp://127.0.0.1:" + db + "/./board;MODE=MSSQLServer"),
                List.of(
                        main.getName(),
                        Integer.toString(port),
                        layout.war().toString(),
                        Files.createDirectories(state.resolve("work").resolve(route))
                                .toString(),
                        codec.jars().toString()));
        add(
                route,
                "app node (" + container + ")",
                "http://127.0.0.1:" + port + "/",
                command,
                Map.of("BOARD_DB_PASSWORD", password),
                // The front page, so that the first reader does not wait for the compiler of its JSP.
                Probe.answering(URI.create("http://127.0.0.1:" + port + "/")));
        return port;
    }

    private void addBalancer(int port, int jvm1, int jvm2) {
        List<String> command = layout.tethered(
                "balancer",
                SMALL_HEAP,
                List.of(),
                List.of(
                        Balancer.class.getName(),
                        Integer.toString(port),
                        COOKIE,
                        TOMCAT + "=127.0.0.1:" + jvm1,
                        JETTY + "=127.0.0.1:" + jvm2));
        add(
                "balancer",
                "load balancer",
                address.toString(),
                command,
                Map.of(),
                Probe.answering(address.resolve("/health")));
    }

    private void add(
            String name,
            String what,
            String where,
            List<String> command,
            Map<String, String> environment,
            Probe ready) {
        Member.Spec spec = new Member.Spec(name, what, where, command, environment, ready);
        members.put(name, new Member(spec, state.resolve("logs").resolve(name + ".log"), guard));
    }

    /** Starts all, the app nodes when what they need is there, and returns when the site serves. */
    void start() throws IOException, InterruptedException {
        for (Member member : List.of(member("n1"), member("n2"), member("db"), member("balancer"))) {
            member.start();
        }
        for (String name : List.of("n1", "n2", "db")) {
            member(name).awaitReady();
        }
        member(TOMCAT).start();
        member(JETTY).start();
        for (Member member : members.values()) {
            member.awaitReady();
        }
    }

    /** Where a browser goes. */
    public URI address() {
        return address;
    }

    String codecName() {
        return codec.name();
    }

    String memcachedKind() {
        return memcachedKind;
    }

    Collection<Member> members() {
        return members.values();
    }

    /** Returns the member of that name. */
    Member member(String name) {
        Member member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException(
                    "there is no node " + name + ", but " + String.join(", ", members.keySet()));
        }
        return member;
    }

    @Override
    public void close() {
        try {
            for (String name : List.of("balancer", TOMCAT, JETTY, "db", "n1", "n2")) {
                member(name).stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            guard.close();
        }
    }
}
