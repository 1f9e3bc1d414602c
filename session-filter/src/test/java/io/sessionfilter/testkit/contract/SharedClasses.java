package io.sessionfilter.testkit.contract;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parent of the web applications' class loaders: the test's class path without the library and the test kit.
 *
 * <p>A user's WAR brings the library in {@code WEB-INF/lib}, and it is found there or not at all. On the flat class
 * path of a test it would be found twice, and also by applications that do not use it. Logging is shared, as a
 * container may share it, so that one file has all of it.
 */
public final class SharedClasses extends URLClassLoader {
    private static final List<String> HIDDEN_PACKAGES =
            List.of("io.sessionfilter.", "net.rubyeye.xmemcached.", "com.google.code.yanf4j.", "com.github.benmanes.");

    private final List<String> hiddenRoots = new ArrayList<>();

    private final List<String> hiddenPackages;

    private SharedClasses(List<Path> hidden, List<String> hiddenPackages) throws IOException {
        super(new URL[0], SharedClasses.class.getClassLoader());
        this.hiddenPackages = hiddenPackages;
        for (Path root : hidden) {
            hiddenRoots.add(root.toUri().toURL().toString());
        }
    }

    /** A new one; applications of one container may share it. */
    public static ClassLoader loader() throws IOException {
        return new SharedClasses(hidden(), HIDDEN_PACKAGES);
    }

    /** One that has the library, as a server's shared loader may; only the test kit is hidden. */
    public static ClassLoader loaderWithLibrary() throws IOException {
        return new SharedClasses(List.of(testKit()), List.of("io.sessionfilter.testkit."));
    }

    /** What {@link #loaderWithLibrary()} hides. */
    public static Path testKit() {
        return rootOf(SharedClasses.class);
    }

    /** What {@link #loader()} hides, for a container that has a means of its own: jars and directories of classes. */
    public static List<Path> hidden() {
        List<Path> hidden = new ArrayList<>(Library.roots());
        hidden.add(testKit());
        return hidden;
    }

    /** The jar, or the directory of classes, that a class came from. */
    static Path rootOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(type + " is at a strange place", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        for (String hidden : hiddenPackages) {
            if (name.startsWith(hidden)) {
                throw new ClassNotFoundException(name + " is the web application's own");
            }
        }
        return super.loadClass(name, resolve);
    }

    @Override
    public @Nullable URL getResource(String name) {
        try {
            Enumeration<URL> found = getResources(name);
            return found.hasMoreElements() ? found.nextElement() : null;
        } catch (IOException e) {
            throw new IllegalStateException("looking for " + name, e);
        }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> visible = new ArrayList<>();
        for (URL url : Collections.list(super.getResources(name))) {
            if (hiddenRoots.stream().noneMatch(url.toString()::contains)) {
                visible.add(url);
            }
        }
        return Collections.enumeration(visible);
    }
}
