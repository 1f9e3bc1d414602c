package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.internal.record.Segment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueCodingTest {
    private final AttributeCodec one = new Text("one", 40, 1);
    private final AttributeCodec two = new Text("two", 41, 1);

    @Test
    void whatOneCodecWroteIsReadByItWhicheverWrites() throws Exception {
        ValueCoding before = new ValueCoding(one, List.of(one, two));
        ValueCoding after = new ValueCoding(two, List.of(one, two));

        assertThat(after.decode(before.encode("a", false))).isEqualTo("one a");
        assertThat(before.decode(after.encode("a", false))).isEqualTo("two a");
        assertThat(after.decode(after.encode("a", false))).isEqualTo("two a");
    }

    @Test
    void aCodecThatThisAppNodeLacksIsNamedByItsId() throws Exception {
        Segment segment = ValueCoding.by(two).encode("a", false);

        assertThatThrownBy(() -> ValueCoding.by(one).decode(segment))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("by codec 41, which this app node does not have");
    }

    @Test
    void anotherFingerprintIsNotDecoded() throws Exception {
        Segment segment = ValueCoding.by(new Text("one", 40, 2)).encode("a", false);

        assertThatThrownBy(() -> ValueCoding.by(one).decode(segment))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("another version or configuration of codec one (fingerprint 2, here 1)");
    }

    @Test
    void aForgedIdIsNoCodec() {
        Segment segment = Segment.of((byte) -3, 0, false, new byte[20], 14, 6);

        assertThatThrownBy(() -> ValueCoding.by(one).decode(segment)).isInstanceOf(AttributeCodecException.class);
    }

    /** Writes a text, and says when reading which codec did. */
    private static final class Text implements AttributeCodec {
        private final String name;
        private final int id;
        private final int fingerprint;

        Text(String name, int id, int fingerprint) {
            this.name = name;
            this.id = id;
            this.fingerprint = fingerprint;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public byte id() {
            return (byte) id;
        }

        @Override
        public int fingerprint() {
            return fingerprint;
        }

        @Override
        public void encode(Object value, OutputStream sink) throws AttributeCodecException {
            try {
                sink.write(value.toString().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new AttributeCodecException("cannot be encoded", e);
            }
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length) {
            return name + " " + new String(bytes, offset, length, StandardCharsets.UTF_8);
        }

        @Override
        public void close() {}
    }
}
