package io.sessionfilter.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.sessionfilter.codec.AttributeCodecException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JavaCodecDamageTest {
    /** The tables of hash maps are the most that a byte can ask for: 8 references of 4 bytes (8 without compressed ones), then doubled. */
    private static final long ALLOCATED_PER_BYTE = 160;

    /** Class loading and lambdas on first use, stack traces of the exceptions. */
    private static final long ALLOCATED_ANYWAY = 2 << 20;

    private final JavaCodec codec = Codecs.standard();
    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void bytesThatNoCodecWroteAreAnExceptionOrAValue() {
        long seed = System.nanoTime();
        Random random = new Random(seed);

        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = CompactValues.JAVA_STREAM;
            }
            try {
                assertThat(Codecs.decode(codec, bytes)).isNotNull();
            } catch (AttributeCodecException e) {
                assertThat(e).hasMessageStartingWith("a stored value cannot be read: ");
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ", bytes " + Arrays.toString(bytes), e);
            }
        }
    }

    @Test
    void aMapThatClaimsMillionsOfEntriesIsRefusedBeforeItsTableIsMade() throws Exception {
        byte[] bytes = Codecs.encode(codec, new HashMap<>(Map.of("a", 1)));
        patchSizes(bytes, 0x08, 1 << 28);

        assertRefusedCheaply(bytes);
    }

    @Test
    void manyMapsThatEachClaimAsMuchAsAllBytesCanHoldAreRefused() throws Exception {
        Map<Object, Object> nested = new HashMap<>();
        for (int i = 0; i < 90; i++) {
            Map<Object, Object> outer = new HashMap<>();
            outer.put(nested, "x".repeat(500));
            nested = outer;
        }
        byte[] bytes = Codecs.encode(codec, nested);
        patchSizes(bytes, 0x08, bytes.length);

        assertRefusedCheaply(bytes);
    }

    @Test
    void anArrayLongerThanTheBytesIsRefusedBeforeItIsMade() throws Exception {
        for (Object array :
                List.of(new long[3], new int[3], new char[3], new boolean[3], new String[3], new Object[3])) {
            byte[] bytes = Codecs.encode(codec, array);
            int length = indexOf(bytes, new byte[] {0, 0, 0, 3});
            ByteBuffer.wrap(bytes).putInt(length, 200_000_000);

            assertRefusedCheaply(bytes);
        }
    }

    /** Its lock is in the bytes, and as a lock that is held: the queue takes it while it is written. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDamagedQueueIsReadOrRefusedButNeverWaitsForItsLock() throws Exception {
        byte[] bytes = Codecs.encode(codec, new LinkedBlockingQueue<>(List.of("a")));
        int refused = 0;

        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                Object unused = Codecs.decode(codec, damaged);
            } catch (AttributeCodecException e) {
                refused++;
            }
        }

        assertThat(refused).isPositive();
    }

    @Test
    void aChainDeeperThanWeWriteIsRefused() {
        // TC_ARRAY of Object[1], a hundred thousand times one inside the other
        byte[] first = java.util.HexFormat.of()
                .parseHex("00757200135b4c6a6176612e6c616e672e4f626a6563743b90ce589f1073296c02000078700000" + "0001");
        byte[] next = java.util.HexFormat.of().parseHex("7571007e000000000001");
        ByteBuffer bytes = ByteBuffer.allocate(first.length + 100_000 * next.length);
        bytes.put(first);
        while (bytes.hasRemaining()) {
            bytes.put(next);
        }

        assertThatThrownBy(() -> Codecs.decode(codec, bytes.array()))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("nested deeper than " + JavaCodec.MAX_READ_DEPTH);
    }

    private void assertRefusedCheaply(byte[] bytes) {
        long before = thread.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> Codecs.decode(codec, bytes))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("larger arrays than");
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(ALLOCATED_ANYWAY + ALLOCATED_PER_BYTE * bytes.length);
    }

    /** In the block data that a hash map writes, after its number of buckets. */
    private static void patchSizes(byte[] bytes, int blockLength, int size) {
        int patched = 0;
        for (int i = 0; i < bytes.length - 10; i++) {
            if (bytes[i] == 0x77 && bytes[i + 1] == blockLength) {
                ByteBuffer.wrap(bytes).putInt(i + 6, size);
                patched++;
            }
        }
        assertThat(patched).isPositive();
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }
}
