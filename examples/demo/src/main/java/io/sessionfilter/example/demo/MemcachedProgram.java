package io.sessionfilter.example.demo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code memcached} program, if this machine has one that is new enough. */
record MemcachedProgram(Path path, String version) {
    /** The first version whose meta commands do all we need. */
    private static final List<Integer> FLOOR = List.of(1, 6, 18);

    private static final Pattern VERSION = Pattern.compile("memcached (\\d+)\\.(\\d+)\\.(\\d+)");

    /** Looks on a search path such as the environment's {@code PATH}. */
    static Optional<MemcachedProgram> find(String searchPath) throws IOException {
        for (String directory : searchPath.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, "memcached");
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return versionOf(ask(candidate)).map(version -> new MemcachedProgram(candidate, version));
            }
        }
        return Optional.empty();
    }

    private static String ask(Path program) throws IOException {
        Process process = new ProcessBuilder(program.toString(), "-V")
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Returns the version in what {@code memcached -V} prints, if it is not below the floor. */
    static Optional<String> versionOf(String printed) {
        Matcher matcher = VERSION.matcher(printed);
        if (!matcher.find()) {
            return Optional.empty();
        }
        for (int i = 0; i < FLOOR.size(); i++) {
            int difference = Integer.parseInt(matcher.group(i + 1)) - FLOOR.get(i);
            if (difference != 0) {
                return difference > 0
                        ? Optional.of(matcher.group().substring("memcached ".length()))
                        : Optional.empty();
            }
        }
        return Optional.of(matcher.group().substring("memcached ".length()));
    }

    List<String> command(int port) {
        List<String> command = new ArrayList<>(
                List.of(path.toString(), "-l", "127.0.0.1", "-p", Integer.toString(port), "-U", "0", "-m", "64"));
        if ("root".equals(System.getProperty("user.name"))) {
            // It refuses to run as root unless told as whom instead.
            command.addAll(List.of("-u", "nobody"));
        }
        return command;
    }
}
