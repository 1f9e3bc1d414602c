package io.sessionfilter.bench.app;

import io.sessionfilter.SessionFilter;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** An app node in a process of its own, which ends with its standard input: that is, with whoever has started it. */
public final class AppNodeMain {
    /** What its only line begins with, before the port. */
    public static final String READY = "ready on port ";

    private AppNodeMain() {}

    /**
     * Starts it and says where it listens.
     *
     * @param args {@code tomcat} or {@code jetty}, a directory for its files, and settings of the filter as {@code name=value}; without any,
     *     sessions are the container's own
     */
    @SuppressWarnings("SystemOut") // whoever has started it reads that
    public static void main(String[] args) throws Exception {
        Thread tether = new Thread(AppNodeMain::endWithStandardInput, "tether");
        tether.setDaemon(true);
        tether.start();
        ServletContainerInitializer initializer = initializer(settings(args));
        int port = args[0].equals("jetty")
                ? JettyNode.start(initializer)
                : TomcatNode.start(Path.of(args[1]), initializer).getConnector().getLocalPort();
        System.out.println(READY + port);
    }

    private static Map<String, String> settings(String[] args) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 2; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            settings.put(args[i].substring(0, equals), args[i].substring(equals + 1));
        }
        return settings;
    }

    private static ServletContainerInitializer initializer(Map<String, String> settings) {
        return (classes, context) -> {
            if (!settings.isEmpty()) {
                SessionFilter.install(context, settings);
            }
        };
    }

    private static void endWithStandardInput() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; only the end counts.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(0);
    }
}
