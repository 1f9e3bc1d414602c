package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.internal.record.Compression;
import io.sessionfilter.internal.record.Segment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ValueCodingTest {
    private final AttributeCodec one = new Text("one", 40, 1);
    private final AttributeCodec two = new Text("two", 41, 1);

    @Test
    void whatOneCodecWroteIsReadByItWhicheverWrites() throws Exception {
        ValueCoding before = new ValueCoding(one, List.of(one, two), null, 0, 1000);
        ValueCoding after = new ValueCoding(two, List.of(one, two), null, 0, 1000);

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

    static List<Throwable> whatCodecsThrow() {
        return List.of(
                new IllegalStateException("unchecked"),
                new IOException("checked, and not declared"),
                new NoClassDefFoundError("com/acme/Missing"),
                new ExceptionInInitializerError("of a value's class"),
                new StackOverflowError(),
                new InternalError("of the JVM"),
                new AssertionError("of the library"));
    }

    @ParameterizedTest
    @MethodSource("whatCodecsThrow")
    void whateverACodecThrowsIsOfThatAttribute(Throwable thrown) throws Exception {
        ValueCoding coding = ValueCoding.by(new Throwing(thrown));
        Segment segment = Segment.of(Throwing.ID, 0, false, new byte[20], 14, 6);

        assertThatThrownBy(() -> coding.encode("a", false))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessage("codec throwing failed to write a value")
                .hasCause(thrown);
        assertThatThrownBy(() -> coding.decode(segment))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessage("codec throwing failed to read a value")
                .hasCause(thrown);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void whatIsCompressedIsReadWhateverCompressesNow(Compression compression) throws Exception {
        ValueCoding compressing = coding(compression, 100_000);
        Segment compressed = compressing.encode("x".repeat(5_000), false);

        assertThat(compressed.valueLength()).isLessThan(500);
        assertThat(compressing.decode(compressed)).isEqualTo("one " + "x".repeat(5_000));
        assertThat(ValueCoding.by(one).decode(compressed)).isEqualTo("one " + "x".repeat(5_000));
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void smallValuesAndThoseThatGainLittleAreStoredAsTheyAre(Compression compression) throws Exception {
        Random random = new Random(1);
        String noise = random.ints(3_000, 33, 127)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        assertThat(coding(compression, 100_000).encode("x".repeat(2_047), false).valueLength())
                .isEqualTo(2_047);
        assertThat(coding(Compression.LZ4, 100_000).encode(noise, false).valueLength())
                .isEqualTo(3_000);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aLengthThatCompressionCannotYieldIsRefusedBeforeRoomIsMade(Compression compression) throws Exception {
        Segment compressed = coding(compression, 100_000).encode("x".repeat(5_000), true);
        assertThat(compressed.hearsUnbinding()).isTrue();
        int rawLength = compressed.valueOffset() - 8;

        for (int claimed : new int[] {-1, 100_001, Integer.MAX_VALUE}) {
            ByteBuffer.wrap(compressed.array()).putInt(rawLength, claimed);
            assertThatThrownBy(() -> coding(compression, 100_000).decode(compressed))
                    .as("%d", claimed)
                    .isInstanceOf(AttributeCodecException.class)
                    .hasMessageContaining("are said to be " + claimed);
        }
        for (int claimed : new int[] {4_999, 5_001}) {
            ByteBuffer.wrap(compressed.array()).putInt(rawLength, claimed);
            assertThatThrownBy(() -> coding(compression, 100_000).decode(compressed))
                    .as("%d", claimed)
                    .isInstanceOf(AttributeCodecException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void damagedCompressedBytesAreAnExceptionOrOfTheRightLength(Compression compression) throws Exception {
        byte[] original = coding(compression, 100_000)
                .encode("all work and no play ".repeat(300), false)
                .array();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int exceptions = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = original.clone();
            int at = 14 + random.nextInt(damaged.length - 14);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Segment segment = parsed(damaged);
            try {
                assertThat(coding(compression, 100_000).decode(segment).toString())
                        .as("seed %d, try %d", seed, i)
                        .startsWith("one ");
            } catch (AttributeCodecException e) {
                exceptions++;
            }
        }
        assertThat(exceptions).isPositive();
    }

    @Test
    void flagsThatALaterVersionMaySetAreRefused() throws Exception {
        byte[] bytes = ValueCoding.by(one).encode("a", false).array();
        for (int flags : new int[] {8, 64, 5}) {
            bytes[1] = (byte) flags;
            Segment segment = parsed(bytes);
            assertThatThrownBy(() -> ValueCoding.by(one).decode(segment))
                    .isInstanceOf(AttributeCodecException.class)
                    .hasMessageContaining("flags " + flags);
        }
    }

    /** A segment with these bytes, header and all, out of a record. */
    private static Segment parsed(byte[] bytes) throws Exception {
        Segment whole = Segment.of((byte) 40, 1, false, bytes.clone(), 14, bytes.length - 14);
        System.arraycopy(bytes, 0, whole.array(), 0, bytes.length);
        return whole;
    }

    private ValueCoding coding(Compression compression, int maxBytes) {
        return new ValueCoding(one, List.of(), compression, 2_048, maxBytes);
    }

    /** Fails, undeclared if need be. */
    private record Throwing(Throwable thrown) implements AttributeCodec {
        private static final byte ID = 42;

        @Override
        public String name() {
            return "throwing";
        }

        @Override
        public byte id() {
            return ID;
        }

        @Override
        public int fingerprint() {
            return 0;
        }

        @Override
        public void encode(Object value, OutputStream sink) {
            throw Throwing.<RuntimeException>sneak(thrown);
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length) {
            throw Throwing.<RuntimeException>sneak(thrown);
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as libraries do it
        private static <T extends Throwable> T sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }

        @Override
        public void close() {}
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
