package io.sessionfilter.bench.codecs;

import io.sessionfilter.bench.Progress;
import io.sessionfilter.bench.codecs.CodecBenchmark.Operation;
import io.sessionfilter.bench.jmh.JmhCases;
import io.sessionfilter.bench.jmh.Measurement;
import io.sessionfilter.bench.measure.Environment;
import io.sessionfilter.bench.report.Report;
import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.internal.codec.CodecSelfTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;

/** What codecs cost, for sessions of several kinds and for the user's own, and which to take. */
public final class CodecReport {
    private final CodecOptions options;
    private final Progress progress;
    private final List<String> jvmArguments;
    private final List<String> notes = new ArrayList<>();

    private CodecReport(CodecOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
        this.jvmArguments = options.own() == null ? List.of() : options.own().jvmArguments();
    }

    /** What is measured. */
    private record Case(
            String payload, String codec, @Nullable Operation operation) {
        Map<String, String> parameters() {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("payload", payload);
            parameters.put("codec", codec);
            if (operation != null) {
                parameters.put("operation", operation.name());
            }
            return parameters;
        }

        @Override
        public String toString() {
            String what = operation == null ? "first use" : operation == Operation.ENCODE ? "encode" : "decode";
            return payload + ", " + codec + ": " + what;
        }
    }

    /**
     * Measures.
     *
     * @param options what the user asks for
     * @param document {@code docs/codecs.md}, which tells what each codec makes of what
     * @param progress is told what is done
     * @return what was found
     * @throws BenchUsageException if the user's own session cannot be made
     */
    public static Report run(CodecOptions options, Path document, Progress progress)
            throws BenchUsageException, IOException, RunnerException {
        CodecVerdicts verdicts = CodecVerdicts.of(Files.readString(document));
        Map<String, String> environment = Environment.now(options.quick() ? "quick" : "full");
        environment.remove("memcached"); // has no part in it
        if (options.own() != null) {
            environment.put("Your session", options.own().factory());
        }
        CodecReport report = new CodecReport(options, progress);
        return new CodecPage(report.figures(), verdicts, environment, report.notes).report();
    }

    private List<CodecFigures> figures() throws BenchUsageException, RunnerException {
        List<Trial> trials = trials();
        Map<Case, Map<String, String>> cases = new LinkedHashMap<>();
        Map<Case, Map<String, String>> firstUses = new LinkedHashMap<>();
        for (Trial trial : trials) {
            if (trial.succeeded()) {
                for (Operation operation : Operation.values()) {
                    add(new Case(trial.payload(), trial.codec(), operation), cases);
                }
                if (isDecisive(trial.payload()) || !options.quick()) {
                    add(new Case(trial.payload(), trial.codec(), null), firstUses);
                }
            }
        }
        Map<Case, Measurement> measured =
                new JmhCases(CodecBenchmark.class, 1, options.quick(), progress).run(cases, jvmArguments);
        measured.putAll(new JmhCases(FirstUseBenchmark.class, 1, options.quick(), progress)
                .runFirstCalls(firstUses, jvmArguments));
        return trials.stream().map(trial -> figures(trial, measured)).toList();
    }

    private static boolean isDecisive(String payload) {
        return payload.equals(Payloads.TYPICAL) || payload.equals(OwnPayload.NAME);
    }

    private static void add(Case one, Map<Case, Map<String, String>> cases) {
        cases.put(one, one.parameters());
    }

    private static CodecFigures figures(Trial trial, Map<Case, Measurement> measured) {
        Measurement none = new Measurement();
        Measurement encode = measured.getOrDefault(new Case(trial.payload(), trial.codec(), Operation.ENCODE), none);
        Measurement decode = measured.getOrDefault(new Case(trial.payload(), trial.codec(), Operation.DECODE), none);
        Measurement first = measured.getOrDefault(new Case(trial.payload(), trial.codec(), null), none);
        return new CodecFigures(
                trial,
                encode.cpuMicros(),
                decode.cpuMicros(),
                Math.max(encode.cpuSpread(), decode.cpuSpread()),
                encode.bytes(),
                decode.bytes(),
                first.timeMicros() / 1000);
    }

    private List<Trial> trials() throws BenchUsageException {
        List<Payload> payloads = new ArrayList<>();
        for (String name : Payloads.names()) {
            payloads.add(Payloads.named(name));
        }
        if (options.own() != null) {
            payloads.add(options.own().make());
        }
        List<String> codecs =
                CodecsHere.names().stream().filter(this::passesItsSelfTest).toList();
        progress.step("codecs: " + String.join(", ", codecs));
        List<Trial> trials = new ArrayList<>();
        for (Payload payload : payloads) {
            for (String codec : codecs) {
                Trial trial = Trial.of(payload, codec);
                if (!trial.succeeded()) {
                    note("\"" + payload.name() + "\" is not measured with " + codec + ": " + trial.refusal());
                }
                trials.add(trial);
            }
        }
        return trials;
    }

    private boolean passesItsSelfTest(String name) {
        try (AttributeCodec codec = CodecsHere.create(name, CodecReport.class.getClassLoader())) {
            CodecSelfTest.run(codec, CodecsHere.MAX_BYTES);
            return true;
        } catch (AttributeCodecException e) {
            note(name + " is not measured: " + e.getMessage());
            return false;
        }
    }

    private void note(String text) {
        progress.step(text);
        notes.add(text + ".");
    }
}
