package io.sessionfilter.bench.codecs;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A session of the user's own, made by a class of his: a {@link Supplier} of the attributes, a {@link Map} from their names to their values,
 * that has a public constructor without parameters.
 *
 * @param classPath files and directories that hold the classes
 * @param factory the name of the class
 */
record OwnPayload(List<Path> classPath, String factory) {
    static final String NAME = "yours";

    private static final String CLASS_PATH = "bench.payload.class-path";
    private static final String FACTORY = "bench.payload.factory";
    private static final String ALL_JARS = "*";

    OwnPayload {
        classPath = List.copyOf(classPath);
    }

    /**
     * Looks whether the files are there.
     *
     * @param classPath as that of {@code java}: {@code dir/*} are all jars in there
     * @param factory the name of the class
     * @param directory to which paths are relative
     */
    static OwnPayload of(String classPath, String factory, Path directory) throws BenchUsageException {
        List<Path> files = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            files.addAll(files(entry, directory));
        }
        return new OwnPayload(files, factory);
    }

    private static List<Path> files(String entry, Path directory) throws BenchUsageException {
        boolean isAllJars = entry.equals(ALL_JARS) || entry.endsWith(File.separator + ALL_JARS);
        String name = isAllJars ? entry.substring(0, entry.length() - ALL_JARS.length()) : entry;
        Path file;
        try {
            file = directory.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new BenchUsageException("--class-path: \"" + entry + "\" is no path", e);
        }
        if (entry.isEmpty() || !Files.isReadable(file)) {
            throw new BenchUsageException(
                    "--class-path: there is no file or directory \"" + entry + "\" (" + file + ")");
        }
        return isAllJars ? jars(entry, file) : List.of(file);
    }

    private static List<Path> jars(String entry, Path directory) throws BenchUsageException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
            files.forEach(jars::add);
        } catch (IOException e) {
            throw new BenchUsageException("--class-path: \"" + entry + "\" cannot be listed: " + e, e);
        }
        if (jars.isEmpty()) {
            throw new BenchUsageException("--class-path: there is no jar in \"" + entry + "\"");
        }
        return jars;
    }

    /** That of this process, which {@link #jvmArguments()} started. */
    static OwnPayload ofThisProcess() {
        return new OwnPayload(
                List.of(System.getProperty(CLASS_PATH).split(File.pathSeparator, -1)).stream()
                        .map(Path::of)
                        .toList(),
                System.getProperty(FACTORY));
    }

    /** Of a process that is to make it too. */
    List<String> jvmArguments() {
        String files = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return List.of("-D" + CLASS_PATH + "=" + files, "-D" + FACTORY + "=" + factory);
    }

    /**
     * Makes the session.
     *
     * @throws BenchUsageException if the class is not there, or is none that makes sessions, or fails to; the message says what to do
     */
    @SuppressWarnings("resource") // its classes are needed as long as this process runs
    Payload make() throws BenchUsageException {
        URLClassLoader loader = new URLClassLoader("payload", urls(), OwnPayload.class.getClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader); // as in a container
        try {
            return new Payload(NAME, attributes(supplied(supplier(loader))), loader);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private URL[] urls() throws BenchUsageException {
        List<URL> urls = new ArrayList<>();
        for (Path file : classPath) {
            try {
                urls.add(file.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new BenchUsageException("--class-path: \"" + file + "\" is no path", e);
            }
        }
        return urls.toArray(URL[]::new);
    }

    private Supplier<?> supplier(ClassLoader loader) throws BenchUsageException {
        try {
            Class<?> type = Class.forName(factory, true, loader);
            if (!Supplier.class.isAssignableFrom(type)) {
                throw new BenchUsageException(
                        failed("must implement java.util.function.Supplier<Map<String, Object>>, and does not"));
            }
            return (Supplier<?>) type.getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new BenchUsageException(
                    "--payload: there is no class " + factory + " in " + classPath
                            + ": give its full name, and on --class-path the jar or directory that holds it",
                    e);
        } catch (InvocationTargetException e) {
            throw new BenchUsageException(failed("fails to be made: " + e.getCause()), e);
        } catch (ReflectiveOperationException e) {
            throw new BenchUsageException(
                    failed("must be a public class with a public constructor without parameters"), e);
        } catch (LinkageError e) {
            throw new BenchUsageException(incomplete(e), e);
        }
    }

    private Object supplied(Supplier<?> supplier) throws BenchUsageException {
        try {
            Object supplied = supplier.get();
            if (supplied == null) {
                throw new BenchUsageException(failed("supplies null; it must supply the attributes of a session"));
            }
            return supplied;
        } catch (LinkageError e) {
            throw new BenchUsageException(incomplete(e), e);
        } catch (RuntimeException e) {
            throw new BenchUsageException(failed("fails to supply a session: " + e), e);
        }
    }

    private Map<String, Object> attributes(Object supplied) throws BenchUsageException {
        if (!(supplied instanceof Map<?, ?> map)) {
            throw new BenchUsageException(
                    failed("supplies a " + supplied.getClass().getName()
                            + "; it must supply a Map from the names of attributes to their values"));
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw new BenchUsageException(
                        failed("supplies an attribute whose name is no String: " + entry.getKey()));
            }
            if (entry.getValue() == null) {
                throw new BenchUsageException(failed("supplies null as the attribute \"" + name + "\""));
            }
            attributes.put(name, entry.getValue());
        }
        if (attributes.isEmpty()) {
            throw new BenchUsageException(failed("supplies a session without attributes"));
        }
        return attributes;
    }

    private String failed(String why) {
        return "--payload: " + factory + " " + why;
    }

    private String incomplete(LinkageError e) {
        return failed(
                "cannot be used: " + e + ". Add what is missing to --class-path (\"lib/*\" takes all jars in lib)");
    }
}
