package io.sessionfilter.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecTest {
    @TempDir
    Path codecs;

    @Test
    void theJdksNeedsNoJars() {
        assertThat(Codec.find("java", codecs).jars()).doesNotExist();
    }

    @Test
    void anotherOneIsWhereTheBuildHasPutItsJars() throws Exception {
        Path kryo = Files.createDirectory(codecs.resolve("kryo"));

        assertThat(Codec.find("kryo", codecs)).isEqualTo(new Codec("kryo", kryo));
    }

    @Test
    void aNameThatIsNoCodecIsAnsweredByThoseThatThereAre() throws Exception {
        Files.createDirectory(codecs.resolve("kryo"));
        Files.createDirectory(codecs.resolve("fst"));

        assertThatThrownBy(() -> Codec.find("protostuff", codecs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--codec must be one of java, fst, kryo, but was protostuff");
    }
}
