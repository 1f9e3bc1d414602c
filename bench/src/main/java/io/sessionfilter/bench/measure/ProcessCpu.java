package io.sessionfilter.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The CPU time of a process as Linux accounts it: user and system, of all its threads. In steps of a clock tick, usually 10 ms. */
public final class ProcessCpu {
    /** Of the fields after the command, counted from 0: see proc(5), where these are the 14th and the 15th of all. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    private static final long NANOS_PER_TICK = TimeUnit.SECONDS.toNanos(1) / ticksPerSecond();

    private ProcessCpu() {}

    /**
     * Looks at a process.
     *
     * @param pid of one that runs
     * @return nanoseconds since it started
     */
    public static long nanos(long pid) throws IOException {
        return ticks(Files.readString(Path.of("/proc", Long.toString(pid), "stat"))) * NANOS_PER_TICK;
    }

    /**
     * Looks at some of its threads: those that live.
     *
     * @param pid of one that runs
     * @param names of the threads, of which Linux keeps the first 15 characters
     * @return nanoseconds since they started
     */
    public static long nanosOfThreads(long pid, Pattern names) throws IOException {
        long ticks = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                ticks += ticksIfNamed(thread, names);
            }
        }
        return ticks * NANOS_PER_TICK;
    }

    private static long ticksIfNamed(Path thread, Pattern names) throws IOException {
        try {
            return names.matcher(Files.readString(thread.resolve("comm")).trim())
                            .matches()
                    ? ticks(Files.readString(thread.resolve("stat")))
                    : 0;
        } catch (NoSuchFileException e) {
            return 0; // it has ended meanwhile
        }
    }

    /** Reads the text of {@code /proc/<pid>/stat}, whose second field is a command in parentheses and may hold anything. */
    static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    }

    private static long ticksPerSecond() {
        try {
            Process getconf = new ProcessBuilder(List.of("getconf", "CLK_TCK")).start();
            String answer = new String(getconf.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return Long.parseLong(answer.trim());
        } catch (IOException | NumberFormatException e) {
            return 100; // what Linux has on all common processors
        }
    }
}
