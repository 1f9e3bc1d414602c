package io.sessionfilter.bench;

import io.sessionfilter.bench.cluster.ClusterBenchmark;
import io.sessionfilter.bench.codecs.BenchUsageException;
import io.sessionfilter.bench.codecs.CodecOptions;
import io.sessionfilter.bench.codecs.CodecReport;
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
     * @param args {@code request}, {@code store}, {@code cluster} or {@code codecs}; then perhaps {@code --quick}; for {@code codecs} also
     *     what {@link CodecOptions} says, where paths are relative to the system property {@code bench.directory}
     */
    @SuppressWarnings("SystemOut") // a program for the terminal
    public static void main(String[] args) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(Bench::endChildren, "end-children"));
        Progress progress = new Progress(System.out);
        try {
            Report report = run(List.of(args), progress);
            new ReportWriter(TARGET.resolve("reports"), System.out).write(report);
        } catch (BenchUsageException e) {
            System.err.println("bench.sh: " + e.getMessage());
            System.exit(2);
        }
        System.exit(0); // whatever threads a library has left
    }

    private static Report run(List<String> args, Progress progress) throws Exception {
        boolean quick = args.contains("--quick");
        return switch (args.get(0)) {
            case "request" -> RequestReport.run(quick, progress);
            case "store" -> StoreReport.run(quick, progress);
            case "cluster" -> ClusterBenchmark.run(quick, progress, Files.createTempDirectory(TARGET, "cluster-"));
            case "codecs" ->
                CodecReport.run(
                        CodecOptions.of(
                                args.subList(1, args.size()), Path.of(System.getProperty("bench.directory", ""))),
                        Path.of("docs", "codecs.md"),
                        progress);
            default -> throw new IllegalArgumentException("no such benchmark: " + args.get(0));
        };
    }

    /** However this process ends, but by SIGKILL: what it has started ends with it. */
    private static void endChildren() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
