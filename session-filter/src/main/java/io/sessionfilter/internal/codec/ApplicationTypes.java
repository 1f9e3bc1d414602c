package io.sessionfilter.internal.codec;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Locale;

/**
 * Which classes are the application's own: those whose code source is not a library's jar.
 *
 * <p>Own classes are a deliberate part of the application, written to be in its sessions; libraries bring hundreds of serializable
 * classes that nobody meant to be read from a store, and every known attack is put together from such. Where a class came from is what its
 * container says: a directory, such as {@code WEB-INF/classes} of an unpacked war, is the application; so are a war that is
 * not unpacked, and the nested {@code WEB-INF/classes} or {@code BOOT-INF/classes} of an archive. An application that is packed as an
 * ordinary jar, or keeps its model in a jar under {@code WEB-INF/lib}, cannot be told from a library and must name its packages in
 * the settings. The same goes for classes without a code source, and for hidden ones, which no other app node could find by name.
 */
final class ApplicationTypes {
    private static final String ARCHIVE_ROOT = "!/";

    private ApplicationTypes() {}

    static boolean contains(Class<?> type) {
        if (JdkTypes.isOfTheJdk(type) || type.isHidden()) {
            return false;
        }
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        return location != null && isOwn(location.toString());
    }

    /**
     * Whether classes from there are the application's own. The forms that were seen: {@code file:/app/WEB-INF/classes/} (unpacked),
     * {@code file:/app.war} (Tomcat, not unpacked; its jars are {@code war:file:/app.war*}{@code /WEB-INF/lib/x.jar}),
     * {@code jar:file:/app.war!/WEB-INF/classes/} (Jetty), {@code vfs:/content/app.war/WEB-INF/classes} (WildFly),
     * {@code jar:file:/app.jar!/BOOT-INF/classes!/} and {@code jar:nested:/app.jar/!BOOT-INF/classes/!/} (Spring Boot).
     */
    static boolean isOwn(String location) {
        String container = location;
        while (container.endsWith(ARCHIVE_ROOT)) {
            container = container.substring(0, container.length() - ARCHIVE_ROOT.length());
        }
        boolean directory = container.endsWith("/");
        if (directory) {
            container = container.substring(0, container.length() - 1);
        }
        String lower = container.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".war") || lower.endsWith("web-inf/classes") || lower.endsWith("boot-inf/classes")) {
            return true;
        }
        if (lower.endsWith(".jar") || lower.endsWith(".zip") || lower.endsWith(".rar") || lower.endsWith(".ear")) {
            return false;
        }
        return lower.startsWith("file:") && (directory || isDirectory(location));
    }

    private static boolean isDirectory(String fileUrl) {
        try {
            return Files.isDirectory(Path.of(new URI(fileUrl)));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return false; // not the address of a file: then not a directory that we know to be the application's
        }
    }
}
