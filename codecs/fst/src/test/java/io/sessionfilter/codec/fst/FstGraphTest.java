package io.sessionfilter.codec.fst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.testkit.codec.CodecVerdicts;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nustaq.serialization.FSTClazzInfo;

/** Where FST by itself would be wrong, or leave something behind. */
class FstGraphTest {
    private AttributeCodec codec;

    @BeforeEach
    void create() throws Exception {
        codec = new FstCodecProvider().create(CodecVerdicts.context(getClass().getClassLoader()));
    }

    @AfterEach
    void close() {
        codec.close();
    }

    @Test
    void anImmutableListThatHoldsItselfIsRefusedWhenItIsWritten() {
        Holder holder = new Holder();
        holder.held = List.of(holder);

        assertThatThrownBy(() -> encode(holder.held))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("an immutable object in it holds itself");
    }

    @Test
    void aListOverAnArrayMayHoldItself() throws Exception {
        List<Object> list = Arrays.asList("a", null);
        list.set(1, list);

        List<?> read = (List<?>) roundTrip(list);

        assertThat(read.get(0)).isEqualTo("a");
        assertThat(read.get(1)).isSameAs(read);
    }

    @Test
    void rowsOfAnArrayThatAreOneArrayStayOne() throws Exception {
        int[] row = {1, 2};
        int[][] table = {row, row, null};

        int[][] read = (int[][]) roundTrip(table);

        assertThat(read[0]).containsExactly(1, 2).isSameAs(read[1]);
        assertThat(read[2]).isNull();
    }

    @Test
    void aForgedObjectThatDoesNotFitItsFieldIsRefused() throws Exception {
        Holder holder = new Holder();
        holder.held = new ArrayList<>();
        holder.name = "aaaa";
        byte[] bytes = encode(holder);
        byte[] forged = bytes.clone();
        int name = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("aaaa");
        forged[name - 2] = -9; // an Integer instead of a String of four characters

        assertThatThrownBy(() -> codec.decode(forged, 0, forged.length - 4))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("a field of java.lang.String cannot hold a java.lang.Integer");
    }

    @Test
    void aLengthIsBelievedOnlyAsFarAsThereAreBytes() throws Exception {
        assertThatTooLongIsRefused("text", 1);
        assertThatTooLongIsRefused(new int[] {1, 2}, 3);
        assertThatTooLongIsRefused(new ArrayList<>(List.of(1, 2)), 3);
        assertThatTooLongIsRefused(BigInteger.TEN, 3);
        assertThatTooLongIsRefused(new IllegalStateException("embedded"), 3);
    }

    /** In FST's form of an {@code int}: -127 and four bytes. */
    private void assertThatTooLongIsRefused(Object value, int lengthAt) throws Exception {
        byte[] bytes = encode(value);
        byte[] forged = Arrays.copyOf(bytes, bytes.length + 5);
        ByteBuffer.wrap(forged)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(lengthAt, (byte) -127)
                .putInt(lengthAt + 1, 1 << 30);

        assertThatThrownBy(() -> codec.decode(forged, 0, forged.length))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("it is said to be longer than it is");
    }

    @Test
    void whatFollowsTheEndIsRefused() throws Exception {
        byte[] bytes = encode("text");

        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length + 1), 0, bytes.length + 1))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("bytes behind its end");
    }

    @Test
    void aChainIsRefusedBeforeTheStackIsUsedUp() {
        List<Object> chain = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            chain = new ArrayList<>(Arrays.asList(chain));
        }
        List<Object> written = chain;

        assertThatThrownBy(() -> encode(written))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("nested deeper than 200");
    }

    @Test
    void nothingOfTheApplicationStaysInFstsStaticTables() throws Exception {
        Holder holder = new Holder();
        holder.held = new ArrayList<>(List.of(new Holder[1], Size.SMALL, new Holder()));
        holder.name = "outer";

        assertThat(((Holder) roundTrip(holder)).name).isEqualTo("outer");

        assertThat(FSTClazzInfo.sharedFieldSets.keySet())
                .allMatch(type -> type.getClassLoader() == null, "is the JDK's");
    }

    private Object roundTrip(Object value) throws AttributeCodecException {
        byte[] bytes = encode(value);
        return codec.decode(bytes, 0, bytes.length);
    }

    private byte[] encode(Object value) throws AttributeCodecException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.encode(value, bytes);
        return bytes.toByteArray();
    }

    private static final class Holder implements Serializable {
        private static final long serialVersionUID = 1L;
        private List<Object> held = new ArrayList<>();
        private String name = "";
    }

    private enum Size {
        SMALL
    }
}
