package io.sessionfilter.testkit.codec;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.AttributeCodecProvider;
import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.internal.codec.ApplicationCodecContext;
import io.sessionfilter.internal.codec.ClassAllowList;
import io.sessionfilter.internal.codec.InstalledCodecs;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What a codec makes of all kinds of values and of all changes of classes. Also a program, to ask another JVM. */
public final class CodecVerdicts {
    /** No value of the contract takes as much. */
    static final int MAX_BYTES = 1 << 20;

    private CodecVerdicts() {}

    /**
     * What the codec of an application works with.
     *
     * @param application by which its classes are found
     */
    public static CodecContext context(ClassLoader application) {
        return context(application, MAX_BYTES);
    }

    static CodecContext context(ClassLoader application, int maxBytes) {
        return new ApplicationCodecContext(
                application,
                new ClassAllowList(
                        List.of("io.sessionfilter.testkit.codec.*", "org.springframework.security.web.csrf.*")),
                maxBytes);
    }

    static List<TypeCase> typeCases() {
        List<TypeCase> cases = new ArrayList<>(Values.all());
        cases.addAll(BeanCases.all());
        cases.addAll(SpringCases.all());
        return cases;
    }

    /** By the names of all cases, in their order. */
    static Map<String, Verdict> of(AttributeCodecProvider provider) throws Exception {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        try (AttributeCodec codec = provider.create(context(CodecVerdicts.class.getClassLoader()))) {
            for (TypeCase each : typeCases()) {
                verdicts.put(each.name(), each.of(codec));
            }
        }
        verdicts.putAll(ofEvolution(provider));
        return verdicts;
    }

    /** Of values that one of two app nodes writes and the other one reads; each has met any others before, in an order of its own. */
    static Map<String, Verdict> ofTwo(AttributeCodecProvider provider, Random random) throws Exception {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        try (AttributeCodec one = provider.create(context(CodecVerdicts.class.getClassLoader()));
                AttributeCodec other = provider.create(context(CodecVerdicts.class.getClassLoader()))) {
            for (int n = 0; n < 3; n++) {
                List<TypeCase> cases = typeCases();
                Collections.shuffle(cases, random);
                for (TypeCase each : cases) {
                    Verdict verdict = random.nextBoolean() ? each.of(one, other) : each.of(other, one);
                    verdicts.merge(each.name(), verdict, (before, now) -> before.compareTo(now) > 0 ? before : now);
                }
            }
        }
        return verdicts;
    }

    private static Map<String, Verdict> ofEvolution(AttributeCodecProvider provider) throws Exception {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        Path home = Files.createTempDirectory("codec-evolution");
        try (URLClassLoader before = EvolutionCases.before(home).application(CodecVerdicts.class.getClassLoader());
                URLClassLoader after = EvolutionCases.after(home).application(CodecVerdicts.class.getClassLoader());
                AttributeCodec writer = provider.create(context(before));
                AttributeCodec reader = provider.create(context(after))) {
            for (EvolutionCase each : EvolutionCases.all()) {
                verdicts.put(each.name(), each.of(writer, before, reader, after));
            }
        } finally {
            delete(home);
        }
        return verdicts;
    }

    private static void delete(Path home) throws IOException {
        try (var files = Files.walk(home)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * Prints the verdicts of a codec on the class path, one a line; or else why it cannot be used.
     *
     * @param args its name
     */
    public static void main(String[] args) throws Exception {
        try (InstalledCodecs codecs = InstalledCodecs.find(args[0], context(CodecVerdicts.class.getClassLoader()))) {
            of(new Provider(codecs.chosen().name()))
                    .forEach((name, verdict) -> System.out.println(name + "\t" + verdict));
        } catch (AttributeCodecException e) {
            System.out.println("cannot be used: " + e.getMessage());
        }
    }

    /** Of one on the class path. */
    record Provider(String name) implements AttributeCodecProvider {
        @Override
        public AttributeCodec create(CodecContext context) throws AttributeCodecException {
            return InstalledCodecs.find(name, context).chosen();
        }
    }
}
