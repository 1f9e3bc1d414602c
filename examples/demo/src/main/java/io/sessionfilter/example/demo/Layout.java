package io.sessionfilter.example.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the build has put things, and how to start a Java process from them. */
record Layout(String ownJar, Path libraries, Path war) {
    /** Finds everything from the repository's root. */
    static Layout of(Path root) {
        Path target = root.resolve("examples/demo/target");
        Path war = root.resolve("examples/message-board/target/message-board.war");
        Path jar = target.resolve("demo.jar");
        for (Path needed : List.of(war, jar)) {
            if (!Files.isRegularFile(needed)) {
                throw new IllegalStateException("not built yet: " + needed);
            }
        }
        return new Layout(
                jar.toAbsolutePath().toString(), target.resolve("lib").toAbsolutePath(), war.toAbsolutePath());
    }

    /** Finds a codec for the message board. */
    Codec codec(String name) {
        return Codec.find(name, libraries.resolve("codec"));
    }

    String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Returns the command of a process that ends with this launcher: {@link Tether}, then the main class and its arguments. */
    List<String> tethered(String classPath, int heapMegabytes, List<String> options, List<String> mainAndArguments) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(List.of(
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                // These live for minutes: start fast rather than run fast.
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8"));
        command.addAll(options);
        command.add("-cp");
        command.add(ownJar + File.pathSeparator + libraries.resolve(classPath).resolve("*"));
        command.add(Tether.class.getName());
        command.addAll(mainAndArguments);
        return command;
    }
}
