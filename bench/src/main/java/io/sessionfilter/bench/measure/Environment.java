package io.sessionfilter.bench.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where and when something is measured. */
public final class Environment {
    private Environment() {}

    /**
     * Looks around.
     *
     * @param mode how thoroughly is measured
     * @return what a reader of figures wants to know, in the order to show it
     */
    public static Map<String, String> now(String mode) {
        Map<String, String> found = new LinkedHashMap<>();
        found.put(
                "Date",
                ZonedDateTime.now(ZoneOffset.UTC)
                        .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ROOT)));
        found.put("Mode", mode);
        found.put("Revision", firstLine("unknown", "git", "describe", "--always", "--dirty"));
        found.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        found.put("memcached", firstLine("unknown", "memcached", "-V"));
        found.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        found.put("Processor", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        found.put(
                "Load before",
                String.format(
                        Locale.ROOT,
                        "%.1f (1 min)",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        return found;
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch"); // no Linux: the figures are none of an operating system either
        }
    }

    private static String firstLine(String otherwise, String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? answer.lines().findFirst().orElse(otherwise) : otherwise;
        } catch (IOException e) {
            return otherwise; // there is no such program here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        }
    }
}
