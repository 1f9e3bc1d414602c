package io.sessionfilter.testkit.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The exploded WAR of the contract's application: its pages and {@code web.xml} from the test kit's resources, its
 * servlets in {@code WEB-INF/classes}, and the library in {@code WEB-INF/lib} if the {@code web.xml} declares a
 * filter.
 *
 * @param filter the {@code <filter>} and {@code <filter-mapping>} elements; empty for the container's own sessions
 * @param sessionConfig the {@code <session-config>} element, or empty
 * @param errorPage whether errors are sent to the application's own page
 */
record WebArchive(String filter, String sessionConfig, boolean errorPage) {
    private static final String ROOT = "io/sessionfilter/testkit/contract/";
    private static final String ERROR_PAGE = "<error-page><location>/error</location></error-page>";

    Path explodeTo(Path directory) throws IOException {
        Path testKit = SharedClasses.rootOf(WebArchive.class);
        if (Files.isDirectory(testKit)) {
            copyFrom(testKit, directory);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(testKit)) {
                copyFrom(jar.getPath("/"), directory);
            }
        }
        Path webXml = directory.resolve("WEB-INF/web.xml");
        Files.writeString(
                webXml,
                Files.readString(webXml)
                        .replace("<!--@filter@-->", filter)
                        .replace("<!--@sessionConfig@-->", sessionConfig)
                        .replace("<!--@errorPage@-->", errorPage ? ERROR_PAGE : ""),
                StandardCharsets.UTF_8);
        if (!filter.isEmpty()) {
            Library.copyTo(directory.resolve("WEB-INF/lib"));
        }
        return directory;
    }

    private static void copyFrom(Path testKit, Path directory) throws IOException {
        copyTree(testKit.resolve(ROOT + "webapp"), directory);
        copyTree(
                testKit.resolve(ROOT + "app"),
                directory.resolve("WEB-INF/classes").resolve(ROOT + "app"));
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path source : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(source, target);
                }
            }
        }
    }
}
