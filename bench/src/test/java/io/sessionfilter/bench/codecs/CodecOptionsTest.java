package io.sessionfilter.bench.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecOptionsTest {
    @TempDir
    private Path directory;

    private CodecOptions options(String... arguments) throws BenchUsageException {
        return CodecOptions.of(List.of(arguments), directory);
    }

    @Test
    void withoutAnyThingsAreThorough() throws Exception {
        assertThat(options()).isEqualTo(new CodecOptions(false, null));
        assertThat(options("--quick")).isEqualTo(new CodecOptions(true, null));
    }

    @Test
    void theUsersOwnSessionIsMadeByAClassInTheUsersDirectory() throws Exception {
        CodecOptions options = options("--class-path", ".", "--quick", "--payload", "acme.Sessions");

        assertThat(options).isEqualTo(new CodecOptions(true, new OwnPayload(List.of(directory), "acme.Sessions")));
    }

    @Test
    void anOptionThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> options("--quik"))
                .isInstanceOf(BenchUsageException.class)
                .hasMessageContaining("--quik")
                .hasMessageContaining("--quick")
                .hasMessageContaining("--payload");
    }

    @Test
    void whereAndWhichGoTogether() {
        assertThatThrownBy(() -> options("--payload", "acme.Sessions")).hasMessageContaining("go together");
        assertThatThrownBy(() -> options("--class-path", ".")).hasMessageContaining("go together");
    }

    @Test
    void anOptionWithoutItsValueIsRefused() {
        assertThatThrownBy(() -> options("--payload")).hasMessageContaining("--payload needs a value");
    }
}
