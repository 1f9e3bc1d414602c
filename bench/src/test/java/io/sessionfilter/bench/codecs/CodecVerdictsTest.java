package io.sessionfilter.bench.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodecVerdictsTest {
    static final CodecVerdicts SAMPLE = CodecVerdicts.of("""
            # Codecs

            <!-- verdicts:begin -->
            | Value or change | `java` | `kryo` | `fst` |
            | --- | --- | --- | --- |
            | String | ok | ok | ok |
            | Optional | refused | ok | ok |
            | list and its view | ok | unlinked | unlinked |
            | field added | ok | ok | refused |
            | field removed | ok | ok | refused |
            | class is gone | refused | refused | refused |
            <!-- verdicts:end -->
            """);

    @Test
    void valuesAndChangesOfClassesAreCountedApart() {
        assertThat(SAMPLE.count("java", false)).isEqualTo("2 of 3");
        assertThat(SAMPLE.count("java", true)).isEqualTo("2 of 3");
        assertThat(SAMPLE.count("fst", true)).isEqualTo("0 of 3");
    }

    @Test
    void whatOneDoesAndTheOtherDoesNotIsLost() {
        assertThat(SAMPLE.lost("java", "fst", true))
                .extracting(CodecVerdicts.Row::what)
                .containsExactly("field added", "field removed");
        assertThat(SAMPLE.lost("java", "kryo", false))
                .extracting(CodecVerdicts.Row::what)
                .containsExactly("list and its view");
        assertThat(SAMPLE.lost("kryo", "java", false))
                .extracting(CodecVerdicts.Row::what)
                .containsExactly("Optional");
    }

    @Test
    void whatAllDoRightNeedsNoRow() {
        assertThat(SAMPLE.notAllOk(List.of("java", "kryo")))
                .extracting(CodecVerdicts.Row::what)
                .containsExactly("Optional", "list and its view", "class is gone");
    }

    @Test
    void aCodecWithoutAColumnIsNotKnown() {
        assertThat(SAMPLE.knows("kryo")).isTrue();
        assertThat(SAMPLE.knows("fory")).isFalse();
    }

    @Test
    void theDocumentHasAColumnForEachCodecHere() throws Exception {
        CodecVerdicts verdicts = CodecVerdicts.of(Files.readString(Path.of("..", "docs", "codecs.md")));

        assertThat(CodecsHere.names()).allMatch(verdicts::knows);
        assertThat(verdicts.lost("java", "fst", true))
                .extracting(CodecVerdicts.Row::what)
                .contains("field added");
    }

    @Test
    void aDocumentWithoutTheTableIsRefused() {
        assertThatThrownBy(() -> CodecVerdicts.of("# Codecs")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CodecVerdicts.of("<!-- verdicts:begin -->\n| Value | `java` |\n| --- | --- |\n"
                        + "| String | ok |\n<!-- verdicts:end -->"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("field added");
    }
}
