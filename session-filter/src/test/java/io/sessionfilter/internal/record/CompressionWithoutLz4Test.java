package io.sessionfilter.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/** Applications that do not compress by LZ4 need not have its library. */
class CompressionWithoutLz4Test {
    @Test
    void withoutItsLibraryLz4IsNotThereAndAllElseIs() throws Exception {
        try (URLClassLoader alone = withoutLz4()) {
            Class<?> compression = alone.loadClass(Compression.class.getName());

            assertThat(isAvailable(compression, "DEFLATE")).isEqualTo(true);
            assertThat(isAvailable(compression, "LZ4")).isEqualTo(false);
        }
    }

    @Test
    void whatAnotherAppNodeHasCompressedByLz4NamesTheLibraryThatIsMissing() throws Exception {
        byte[] value = new byte[Segment.HEADER_LENGTH + 1_000];
        Segment compressed = Segment.of((byte) 1, 0, false, value, Segment.HEADER_LENGTH, 1_000)
                .compressed(Compression.LZ4);
        assertThat(compressed.decompressed(1_000).valueLength()).isEqualTo(1_000);

        try (URLClassLoader alone = withoutLz4()) {
            Class<?> segment = alone.loadClass(Segment.class.getName());
            Constructor<?> constructor = segment.getDeclaredConstructor(byte[].class, int.class, int.class);
            constructor.setAccessible(true);
            Object here = constructor.newInstance(compressed.array(), 0, compressed.length());

            assertThatThrownBy(
                            () -> segment.getMethod("decompressed", int.class).invoke(here, 1_000))
                    .cause()
                    .hasMessage("an attribute is compressed by LZ4, which this app node does not have:"
                            + " add at.yawk.lz4:lz4-java here too");
        }
    }

    private static URLClassLoader withoutLz4() {
        URL library = Compression.class.getProtectionDomain().getCodeSource().getLocation();
        return new URLClassLoader(new URL[] {library}, ClassLoader.getPlatformClassLoader());
    }

    private static Object isAvailable(Class<?> compression, String name) throws ReflectiveOperationException {
        Object constant = compression.getField(name).get(null);
        return compression.getMethod("isAvailable").invoke(constant);
    }
}
