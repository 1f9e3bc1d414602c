package io.sessionfilter.bench.codecs;

import io.sessionfilter.bench.codecs.CodecVerdicts.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which codec to take, in words: {@code java}, unless another one saves what can be noticed; of those that do, the one that gives up the least of
 * what {@code java} does right. For one session, as codecs differ from session to session.
 */
final class Recommendation {
    /** Less is within the error of such a measurement. */
    private static final double LEAST_TIMES_FASTER = 1.3;

    /** More of the bytes are no reason to change. */
    private static final double MOST_BYTES = 0.8;

    /** Of one processor core at a thousand sessions a second; less is not worth a change. */
    private static final double LEAST_CORE_SHARE = 0.05;

    /** A session; fewer are not worth a change. */
    private static final double LEAST_BYTES_SAVED = 1024;

    /** In percent. Iterations that differ more were disturbed: a ratio of two such figures says nothing. */
    private static final double MOST_SPREAD = 50;

    private static final int MOST_EXAMPLES = 5;

    private final String payload;
    private final List<CodecFigures> figures;
    private final CodecVerdicts verdicts;

    private Recommendation(String payload, List<CodecFigures> figures, CodecVerdicts verdicts) {
        this.payload = payload;
        this.figures = figures;
        this.verdicts = verdicts;
    }

    /**
     * Looks at figures and verdicts.
     *
     * @param figures of one session, a codec each, {@code java} among them
     * @param verdicts about these codecs
     * @return paragraphs, what to do first
     */
    static List<String> of(List<CodecFigures> figures, CodecVerdicts verdicts) {
        return new Recommendation(figures.get(0).payload(), figures, verdicts).paragraphs();
    }

    private List<String> paragraphs() {
        List<String> paragraphs = new ArrayList<>();
        figures.stream()
                .mapToDouble(CodecFigures::spread)
                .filter(spread -> spread > MOST_SPREAD)
                .max()
                .ifPresent(most -> paragraphs.add(tooBusy(most)));
        CodecFigures java = figures.stream()
                .filter(one -> one.codec().equals(CodecsHere.JAVA))
                .findFirst()
                .orElseThrow();
        List<CodecFigures> others = figures.stream()
                .filter(one ->
                        !one.codec().equals(CodecsHere.JAVA) && one.trial().succeeded())
                .toList();
        if (java.trial().succeeded()) {
            paragraphs.add(advice(java, others));
            paragraphs.add(baseline(java));
            others.forEach(other -> paragraphs.add(beside(java, other)));
        } else {
            paragraphs.add(adviceWithoutJava(others));
        }
        figures.stream()
                .filter(one -> !one.trial().succeeded())
                .forEach(one -> paragraphs.add(one.codec() + " cannot store the session \"" + payload + "\": "
                        + one.trial().refusal() + "."));
        others.forEach(other -> paragraphs.add(promises(other.codec())));
        return paragraphs;
    }

    private String tooBusy(double spread) {
        return "Do not go by the times below: the machine was too busy. Measurements of one and the same thing, with the session"
                + " \"" + payload + "\", differ by up to " + percent(spread / 100)
                + ". Sizes and promises are right; for the rest, measure again on an idle machine, without --quick.";
    }

    private String advice(CodecFigures java, List<CodecFigures> others) {
        List<CodecFigures> better =
                others.stream().filter(other -> isWorthIt(java, other)).toList();
        if (better.isEmpty()) {
            return "Stay with java. For the session \"" + payload + "\" no other codec here saves enough to give up"
                    + " anything for it"
                    + cheapest(others)
                            .map(other -> ": the best, " + other.codec() + ", saves " + saved(java, other))
                            .orElse("")
                    + ".";
        }
        CodecFigures safest = better.stream().min(leastLost()).orElseThrow();
        String advice = "If sessions cost you too much, take " + safest.codec() + ": for the session \"" + payload
                + "\" it saves " + saved(java, safest) + "; " + price(safest.codec())
                + ". If they do not, stay with java, which gives up nothing.";
        return better.stream()
                .filter(other -> safest.micros() / other.micros() >= LEAST_TIMES_FASTER)
                .min(Comparator.comparingDouble(CodecFigures::micros))
                .map(fastest -> advice + " " + fastest.codec() + " is faster still, by "
                        + times(safest.micros() / fastest.micros()) + ", but " + price(fastest.codec()) + ".")
                .orElse(advice);
    }

    private String adviceWithoutJava(List<CodecFigures> others) {
        return others.stream()
                .min(leastLost())
                .map(other ->
                        "java, the default, cannot store the session \"" + payload + "\" as it is. " + other.codec()
                                + " can, in " + micros(other.micros()) + " to write and read it and "
                                + bytes(other.trial().bytes()) + "; " + price(other.codec())
                                + ". Or make the classes that java refuses Serializable.")
                .orElse("No codec here can store the session \"" + payload
                        + "\": session-filter would keep what is refused on its app node only.");
    }

    private static boolean isWorthIt(CodecFigures java, CodecFigures other) {
        boolean faster = java.micros() / other.micros() >= LEAST_TIMES_FASTER
                && coreShare(java.micros() - other.micros()) >= LEAST_CORE_SHARE;
        double saved = java.trial().bytes() - other.trial().bytes();
        boolean smaller = other.trial().bytes() <= MOST_BYTES * java.trial().bytes() && saved >= LEAST_BYTES_SAVED;
        return faster || smaller;
    }

    /** Changes of classes come with every release, rare values can be avoided. */
    private Comparator<CodecFigures> leastLost() {
        return Comparator.comparingInt((CodecFigures one) -> lost(one.codec(), true))
                .thenComparingInt(one -> lost(one.codec(), false))
                .thenComparingDouble(CodecFigures::micros);
    }

    private int lost(String codec, boolean changes) {
        return verdicts.knows(codec)
                ? verdicts.lost(CodecsHere.JAVA, codec, changes).size()
                : Integer.MAX_VALUE;
    }

    private static Optional<CodecFigures> cheapest(List<CodecFigures> others) {
        return others.stream().min(Comparator.comparingDouble(CodecFigures::micros));
    }

    private static String baseline(CodecFigures java) {
        return "java writes it in " + micros(java.encodeMicros()) + " and reads it in " + micros(java.decodeMicros())
                + ": an app node that writes and reads a thousand such sessions a second spends "
                + percent(coreShare(java.micros())) + " of one processor core on that. It takes "
                + bytes(java.trial().bytes()) + sizes(java.trial()) + ".";
    }

    private static String beside(CodecFigures java, CodecFigures other) {
        return other.codec() + " takes " + share(other.micros() / java.micros()) + " of java's time and "
                + share(other.trial().bytes() / java.trial().bytes()) + " of its bytes: " + micros(other.micros())
                + " to write and read it, " + bytes(other.trial().bytes()) + sizes(other.trial()) + ".";
    }

    private static String sizes(Trial trial) {
        return trial.lz4Bytes() < trial.bytes() ? " (" + bytes(trial.lz4Bytes()) + " with compression=lz4)" : "";
    }

    private static String saved(CodecFigures java, CodecFigures other) {
        double core = coreShare(java.micros() - other.micros());
        double bytes = java.trial().bytes() - other.trial().bytes();
        return (core > 0 ? percent(core) : "nothing") + " of a core at a thousand sessions a second, and "
                + (bytes > 0 ? bytes(bytes) : "no bytes") + " a session";
    }

    /** What is given up, in brief. */
    private String price(String codec) {
        if (!verdicts.knows(codec)) {
            return "what it gives up is not known";
        }
        int changes = lost(codec, true);
        int values = lost(codec, false);
        if (changes + values == 0) {
            return "it gives up nothing that java does right";
        }
        return Stream.of(
                        changes == 0 ? "" : counted(changes, "change", "changes") + " of classes",
                        values == 0 ? "" : counted(values, "kind of value", "kinds of values"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" and ", "it gives up ", " that java bears"));
    }

    /** What is given up and gained, by name. */
    private String promises(String codec) {
        if (!verdicts.knows(codec)) {
            return codec + " has no column in docs/codecs.md: let it keep the contract of codecs (CodecContract, in the"
                    + " test-jar of session-filter) before you trust it with sessions.";
        }
        List<Row> lost = Stream.concat(
                        verdicts.lost(CodecsHere.JAVA, codec, true).stream(),
                        verdicts.lost(CodecsHere.JAVA, codec, false).stream())
                .toList();
        List<Row> gained = Stream.concat(
                        verdicts.lost(codec, CodecsHere.JAVA, true).stream(),
                        verdicts.lost(codec, CodecsHere.JAVA, false).stream())
                .toList();
        return codec + ", beside java: "
                + (lost.isEmpty() ? "gives up nothing" : "gives up " + examples(lost, codec)) + "; "
                + (gained.isEmpty()
                        ? "does nothing more"
                        : "does right what java refuses: " + examples(gained, CodecsHere.JAVA))
                + ".";
    }

    private static String examples(List<Row> rows, String codec) {
        String named = rows.stream()
                .limit(MOST_EXAMPLES)
                .map(row -> row.what() + (row.of(codec).equals("refused") ? "" : " (" + row.of(codec) + ")"))
                .collect(Collectors.joining(", "));
        int more = rows.size() - MOST_EXAMPLES;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private static double coreShare(double micros) {
        return micros * 1000 / 1_000_000;
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static String micros(double micros) {
        return String.format(Locale.ROOT, micros < 10 ? "%.1f µs" : "%,.0f µs", micros);
    }

    private static String bytes(double bytes) {
        return String.format(Locale.ROOT, "%,.0f bytes", bytes);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%,.0f %%", 100 * share);
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.2f", share);
    }

    private static String times(double factor) {
        return String.format(Locale.ROOT, "%.1f times", factor);
    }
}
