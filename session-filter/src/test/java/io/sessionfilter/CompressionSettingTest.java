package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompressionSettingTest {
    @Test
    void compressionWhoseLibraryIsMissingIsRefusedAtStartWithWhatToDo() throws Exception {
        String withoutLz4 = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("lz4"))
                .collect(Collectors.joining(File.pathSeparator));
        Process application = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        withoutLz4,
                        CompressingApplication.class.getName(),
                        "lz4"))
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(application.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(output)
                    .contains(
                            "compression=lz4 needs the artifact at.yawk.lz4:lz4-java on the class path; add it, or choose"
                                    + " compression=deflate");
            assertThat(application.waitFor()).isNotZero();
        } finally {
            application.destroyForcibly();
        }
    }

    /** Is to fail before it looks for its memcached node. */
    static final class CompressingApplication {
        public static void main(String[] arguments) throws Exception {
            try (UndertowApp app = new UndertowApp()) {
                app.initParams(Map.of("memcachedNodes", "n1:127.0.0.1:1", "compression", arguments[0]))
                        .deployment(deployment -> deployment.setEagerFilterInit(true))
                        .start();
            }
        }
    }
}
