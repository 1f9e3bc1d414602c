package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetWidthTest {
    private static final long SEED = 20261122;

    @Test
    void utf8IsCountedExactly() {
        String text = "aé板\uD83D\uDE00";

        assertThat(CharsetWidth.of("utf-8").bytes(text, 0, text.length())).isEqualTo(10);
        assertThat(CharsetWidth.of("utf-8").isExact()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1", "GBK", "GB18030", "UTF-16", "UTF-16LE", "windows-1252", "Shift_JIS"})
    void neverTooFewBytes(String charset) {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            StringBuilder builder = new StringBuilder();
            for (int c = 1 + random.nextInt(20); c > 0; c--) {
                builder.appendCodePoint(
                        random.nextInt(3) == 0 ? 'a' + random.nextInt(26) : 0x4e00 + random.nextInt(0x2000));
            }
            String text = builder.toString();

            assertThat(CharsetWidth.of(charset).bytes(text.toCharArray(), 0, text.length()))
                    .as("%s, seed %d", text, SEED)
                    .isGreaterThanOrEqualTo(text.getBytes(Charset.forName(charset)).length);
        }
    }

    @Test
    void unknownEncodingIsTakenForAWideOne() {
        assertThat(CharsetWidth.of("no such encoding").bytes("ab", 0, 2)).isEqualTo(8);
    }
}
