package io.sessionfilter.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
