package io.sessionfilter.example.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void whatTheReadmeShowsIsWhatRunsHere() throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/sessionfilter/example/boot/Sessions.java"));

        assertThat(Files.readString(Path.of("../../README.md")))
                .contains("```java\n" + source.substring(source.indexOf("@Component\nclass")) + "```");
    }
}
