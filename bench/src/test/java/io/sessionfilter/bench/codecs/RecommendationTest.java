package io.sessionfilter.bench.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecommendationTest {
    static CodecFigures figures(String codec, double micros, double bytes) {
        return new CodecFigures(
                new Trial("typical", codec, bytes, bytes / 2, bytes / 3, null),
                micros / 3,
                2 * micros / 3,
                5,
                6 * bytes,
                10 * bytes,
                30);
    }

    static CodecFigures refused(String codec) {
        return new CodecFigures(
                new Trial("typical", codec, Double.NaN, Double.NaN, Double.NaN, "attribute \"cart\": no"),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN);
    }

    private static List<String> of(CodecFigures... figures) {
        return Recommendation.of(List.of(figures), CodecVerdictsTest.SAMPLE);
    }

    @Test
    void littleToSaveIsNoReasonToChange() {
        assertThat(of(figures("java", 30, 900), figures("kryo", 10, 500)).get(0))
                .startsWith("Stay with java.")
                .contains("kryo, saves 2.0 % of a core at a thousand sessions a second, and 400 bytes a session");
    }

    @Test
    void aSmallShareIsNoReasonToChange() {
        assertThat(of(figures("java", 3000, 120_000), figures("kryo", 2500, 110_000))
                        .get(0))
                .startsWith("Stay with java.");
    }

    @Test
    void muchTimeIsWorthAChange() {
        assertThat(of(figures("java", 300, 7000), figures("kryo", 150, 6800)).get(0))
                .startsWith("If sessions cost you too much, take kryo")
                .contains("it saves 15 % of a core", "200 bytes a session")
                .contains("gives up 1 kind of value that java bears")
                .contains("stay with java");
    }

    @Test
    void manyBytesAreWorthAChange() {
        assertThat(of(figures("java", 300, 7000), figures("kryo", 310, 4000)).get(0))
                .startsWith("If sessions cost you too much, take kryo")
                .contains("saves nothing of a core", "3,000 bytes a session");
    }

    @Test
    void whoGivesUpLeastComesFirstAndWhoIsFasterIsNamedWithItsPrice() {
        assertThat(of(figures("java", 300, 7000), figures("fst", 75, 4000), figures("kryo", 150, 4500))
                        .get(0))
                .startsWith("If sessions cost you too much, take kryo")
                .contains(
                        "fst is faster still, by 2.0 times, but it gives up 2 changes of classes and 1 kind of value");
    }

    @Test
    void whoIsHardlyFasterAndGivesUpMoreIsNotNamed() {
        assertThat(of(figures("java", 300, 7000), figures("fst", 140, 4000), figures("kryo", 150, 4500))
                        .get(0))
                .doesNotContain("fst");
    }

    @Test
    void figuresAndPromisesOfEachAreTold() {
        List<String> paragraphs = of(figures("java", 300, 7000), figures("fst", 75, 4000));

        assertThat(paragraphs)
                .contains(
                        "java writes it in 100 µs and reads it in 200 µs: an app node that writes and reads a thousand such sessions a"
                                + " second spends 30 % of one processor core on that. It takes 7,000 bytes (3,500 bytes with compression=lz4).",
                        "fst takes 0.25 of java's time and 0.57 of its bytes: 75 µs to write and read it, 4,000 bytes (2,000 bytes with"
                                + " compression=lz4).",
                        "fst, beside java: gives up field added, field removed, list and its view (unlinked); does right what java"
                                + " refuses: Optional.");
    }

    @Test
    void whoCannotStoreTheSessionIsNotRecommended() {
        List<String> paragraphs = of(figures("java", 300, 7000), refused("kryo"));

        assertThat(paragraphs.get(0)).startsWith("Stay with java.").doesNotContain("kryo");
        assertThat(paragraphs).contains("kryo cannot store the session \"typical\": attribute \"cart\": no.");
    }

    @Test
    void aSessionThatJavaRefusesNeedsAnotherCodecOrOtherClasses() {
        assertThat(of(refused("java"), figures("fst", 75, 4000), figures("kryo", 150, 4500))
                        .get(0))
                .startsWith("java, the default, cannot store the session \"typical\" as it is. kryo can")
                .contains("Serializable");
        assertThat(of(refused("java"), refused("kryo")).get(0)).startsWith("No codec here can store");
    }

    @Test
    void figuresOfABusyMachineComeWithAWarning() {
        CodecFigures calm = figures("java", 300, 7000);
        CodecFigures disturbed = new CodecFigures(calm.trial(), 100, 200, 170, 1, 1, 30);

        assertThat(of(disturbed, figures("kryo", 150, 4500)))
                .first()
                .asString()
                .startsWith("Do not go by the times below")
                .contains("170 %");
        assertThat(of(calm, figures("kryo", 150, 4500))).noneMatch(paragraph -> paragraph.contains("too busy"));
    }

    @Test
    void ofACodecWithoutVerdictsNothingIsPromised() {
        List<String> paragraphs = of(figures("java", 300, 7000), figures("fory", 30, 4000));

        assertThat(paragraphs.get(0)).contains("take fory", "what it gives up is not known");
        assertThat(paragraphs).anyMatch(paragraph -> paragraph.startsWith("fory has no column in docs/codecs.md"));
    }

    @Test
    void aCodecWithVerdictsIsPreferredToOneWithout() {
        assertThat(of(figures("java", 300, 7000), figures("fory", 149, 4000), figures("kryo", 150, 4500))
                        .get(0))
                .contains("take kryo");
    }
}
