package io.sessionfilter.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/** Applications that do not compress by LZ4 need not have its library. */
class CompressionWithoutLz4Test {
    @Test
    void withoutItsLibraryLz4IsNotThereAndAllElseIs() throws Exception {
        URL library = Compression.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {library}, ClassLoader.getPlatformClassLoader())) {
            Class<?> compression = alone.loadClass(Compression.class.getName());

            assertThat(isAvailable(compression, "DEFLATE")).isEqualTo(true);
            assertThat(isAvailable(compression, "LZ4")).isEqualTo(false);
        }
    }

    private static Object isAvailable(Class<?> compression, String name) throws ReflectiveOperationException {
        Object constant = compression.getField(name).get(null);
        return compression.getMethod("isAvailable").invoke(constant);
    }
}
