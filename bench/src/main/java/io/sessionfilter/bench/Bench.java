package io.sessionfilter.bench;

import io.sessionfilter.bench.cluster.ClusterBenchmark;
import io.sessionfilter.bench.jmh.RequestReport;
import io.sessionfilter.bench.jmh.StoreReport;
import io.sessionfilter.bench.report.Report;
import io.sessionfilter.bench.report.ReportWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs one of the benchmarks. To be started by {@code bench.sh}, in the directory of the project. */
public final class Bench {
    private static final Path TARGET = Path.of("bench", "target");

    private Bench() {}

    /**
     * Measures and reports.
     *
     * @param args {@code request}, {@code store} or {@code cluster}; then perhaps {@code --quick}
     */
    @SuppressWarnings("SystemOut") // a program for the terminal
    public static void main(String[] args) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(Bench::endChildren, "end-children"));
        Progress progress = new Progress(System.out);
        Report report = run(args[0], List.of(args).contains("--quick"), progress);
        new ReportWriter(TARGET.resolve("reports"), System.out).write(report);
        System.exit(0); // whatever threads a library has left
    }

    private static Report run(String name, boolean quick, Progress progress) throws Exception {
        return switch (name) {
            case "request" -> RequestReport.run(quick, progress);
            case "store" -> StoreReport.run(quick, progress);
            case "cluster" -> ClusterBenchmark.run(quick, progress, Files.createTempDirectory(TARGET, "cluster-"));
            default -> throw new IllegalArgumentException("no such benchmark: " + name);
        };
    }

    /** However this process ends, but by SIGKILL: what it has started ends with it. */
    private static void endChildren() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
