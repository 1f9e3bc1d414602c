package io.sessionfilter.internal.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.internal.memcached.MetaReply.Code;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetaReplyParserTest {
    private final MetaReplyParser parser = new MetaReplyParser("12", 100);

    @Test
    void readsAHitWithItsValue() {
        MetaReply reply = complete(bytes("VA 5 c7 f8 t-1 O12\r\na\r\nbc\r\n"));

        assertThat(reply.code()).isEqualTo(Code.VA);
        assertThat(reply.cas()).isEqualTo(7);
        assertThat(reply.flags()).isEqualTo(8);
        assertThat(reply.remainingSeconds()).isEqualTo(-1);
        assertThat(reply.value()).asString(StandardCharsets.US_ASCII).isEqualTo("a\r\nbc");
    }

    @Test
    void leavesTheNextAnswerInTheBuffer() {
        ByteBuffer two = bytes("HD O12\r\nHD O13\r\n");

        assertThat(complete(two).code()).isEqualTo(Code.HD);

        assertThat(two.remaining()).isEqualTo("HD O13\r\n".length());
    }

    @Test
    void readsAnAnswerInAnyPieces() {
        byte[] whole = "VA 10 c1 f2 t3 O12\r\n0123\r\n6789\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            MetaReplyParser pieces = new MetaReplyParser("12", 10);
            MetaReply reply = null;
            for (int from = 0; from < whole.length; ) {
                int length = 1 + random.nextInt(whole.length - from);
                assertThat(reply).as("seed " + seed).isNull();
                reply = pieces.parse(ByteBuffer.wrap(whole, from, length));
                from += length;
            }
            assertThat(Objects.requireNonNull(reply).value())
                    .as("seed " + seed)
                    .asString()
                    .isEqualTo("0123\r\n6789");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "CLIENT_ERROR bad data chunk", "SERVER_ERROR out of memory storing object"})
    void errorsAreAnswersWithoutAnOpaque(String line) {
        MetaReply reply = complete(bytes(line + "\r\n"));

        assertThat(reply.code()).isEqualTo(Code.ERROR);
        assertThat(reply.error()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HD\r\n",
                "HD O13\r\n",
                "HD O123\r\n",
                "HD c1 O\r\n",
                "HELLO O12\r\n",
                "HTTP/1.1 400 Bad Request\r\n",
                "\r\n",
                "HD O12\n",
                "HD cx O12\r\n",
                "HD c99999999999999999999 O12\r\n",
                "HD z O12\r\n",
                "VA O12\r\n",
                "VA -1 O12\r\n",
                "VA 101 O12\r\n",
                "VA 2147483648 O12\r\n",
                "VA 3 O12\r\nabcd\r\n",
                "VA 3 O12\r\nabc\n\n"
            })
    void whatIsNoAnswerToTheCommandIsRefused(String lie) {
        assertThatThrownBy(() -> parser.parse(bytes(lie))).isInstanceOf(MalformedReplyException.class);
    }

    @Test
    void endlessLineIsRefused() {
        assertThatThrownBy(() -> parser.parse(bytes("H".repeat(5000)))).isInstanceOf(MalformedReplyException.class);
    }

    @Test
    void randomBytesAreRefusedOrWaitedForButNeverAnAnswer() {
        for (int seed = 0; seed < 2000; seed++) {
            byte[] noise = new byte[64];
            new Random(seed).nextBytes(noise);
            MetaReply reply = null;
            try {
                reply = new MetaReplyParser("12", 100).parse(ByteBuffer.wrap(noise));
            } catch (MalformedReplyException e) {
                continue; // refused, as it should be
            }
            assertThat(reply).as("seed " + seed).isNull();
        }
    }

    private MetaReply complete(ByteBuffer bytes) {
        return Objects.requireNonNull(parser.parse(bytes), "not complete");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
