package io.sessionfilter.testkit.chaos;

import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Apache httpd as a sticky balancer before the app nodes of a cluster, on a free port of loopback. Tests are skipped where it is not installed. */
final class Apache implements AutoCloseable {
    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/sbin/apache2"), Path.of("/usr/sbin/httpd"));
    private static final List<Path> MODULES =
            List.of(Path.of("/usr/lib/apache2/modules"), Path.of("/usr/lib64/httpd/modules"));
    private static final String CONFIGURATION = """
            ServerRoot "%1$s"
            PidFile "%1$s/httpd.pid"
            DefaultRuntimeDir "%1$s"
            ErrorLog "%1$s/error.log"
            Listen 127.0.0.1:%2$d
            ServerName 127.0.0.1
            User nobody
            Group nogroup
            %3$s
            StartServers 1
            ServerLimit 1
            ThreadsPerChild 25
            MaxRequestWorkers 25
            <Proxy "balancer://cluster">
            %4$s
            </Proxy>
            ProxyPass "/" "balancer://cluster/" stickysession=JSESSIONID|jsessionid
            """;

    /** Ends it, and with it its children, when the standard input ends: also when this JVM is gone, however it went. */
    private static final String GUARD = "trap '' INT TERM; \"$@\" & cat >/dev/null; kill $!; wait $!";

    private final Process process;
    private final int port;

    private Apache(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Apache start(Path directory, Cluster cluster) throws IOException {
        Path program = PROGRAMS.stream().filter(Files::isExecutable).findFirst().orElse(null);
        Path modules = MODULES.stream().filter(Files::isDirectory).findFirst().orElse(null);
        Assumptions.assumeTrue(program != null && modules != null, "Apache httpd is not installed");
        int port = FreePort.find();
        List<String> members = new ArrayList<>();
        for (int number : cluster.appNodes()) {
            members.add("BalancerMember \"" + cluster.appNode(number).baseUri() + "\" route=jvm" + number
                    + " retry=1 connectiontimeout=1 timeout=10");
        }
        String loaded = "";
        for (String module : List.of(
                "mpm_event",
                "authz_core",
                "slotmem_shm",
                "proxy",
                "proxy_http",
                "proxy_balancer",
                "lbmethod_byrequests")) {
            loaded += "LoadModule " + module + "_module " + modules + "/mod_" + module + ".so\n";
        }
        Path configuration = Files.writeString(
                directory.resolve("httpd.conf"),
                CONFIGURATION.formatted(directory, port, loaded, String.join("\n", members)));
        Process process = new ProcessBuilder(
                        "sh", "-c", GUARD, "sh", program.toString(), "-f", configuration.toString(), "-D", "FOREGROUND")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("apache.log").toFile())
                .start();
        Apache apache = new Apache(process, port);
        try {
            Await.until("Apache serves; its log is in " + directory, apache::serves);
            return apache;
        } catch (RuntimeException | Error e) {
            apache.close();
            throw e;
        }
    }

    private boolean serves() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false; // not yet
        }
    }

    URI baseUri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Ends it in good order. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Apache, child of process " + process.pid() + ", does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("ending Apache", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
