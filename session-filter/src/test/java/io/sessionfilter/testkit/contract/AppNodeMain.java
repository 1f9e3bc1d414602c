package io.sessionfilter.testkit.contract;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** An app node in a process of its own, which ends with its standard input: that is, with whoever has started it. */
public final class AppNodeMain {
    static final String ADDRESS = "address";
    static final String APPLICATIONS = "applications";
    static final String ROOT = "ROOT";

    private AppNodeMain() {}

    /**
     * Starts the applications that are there, and writes the address to a file.
     *
     * @param args the class of a {@link ContainerUnderTest}, the route, the directory
     */
    public static void main(String[] args) throws Exception {
        Thread tether = new Thread(AppNodeMain::endWithStandardInput, "tether");
        tether.setDaemon(true);
        tether.start();
        try {
            Path directory = Path.of(args[2]);
            Path work = Files.createDirectories(directory.resolve("work"));
            ContainerUnderTest.AppNode node =
                    container(args[0]).start(args[1], applications(directory.resolve(APPLICATIONS)), work);
            Path written = Files.writeString(
                    directory.resolve(ADDRESS + ".new"), node.baseUri().toString());
            Files.move(written, directory.resolve(ADDRESS), StandardCopyOption.ATOMIC_MOVE);
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            System.exit(1); // some thread of a half-started container would keep it alive
        }
    }

    private static ContainerUnderTest container(String className) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(className).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (ContainerUnderTest) constructor.newInstance();
    }

    private static Map<String, Path> applications(Path directory) {
        Map<String, Path> applications = new TreeMap<>();
        File[] found = directory.toFile().listFiles();
        if (found == null) {
            throw new IllegalStateException("no applications in " + directory);
        }
        for (File application : found) {
            String name = application.getName();
            applications.put(name.equals(ROOT) ? "" : "/" + name, application.toPath());
        }
        return applications;
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
