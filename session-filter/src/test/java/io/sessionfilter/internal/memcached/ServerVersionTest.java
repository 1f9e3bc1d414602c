package io.sessionfilter.internal.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"1.6.18", "1.6.18_managed", "1.6.40", "1.10.0", "2.0.0-beta1", "1.7", "unstable", "", "1.6"})
    void newEnoughOrUnreadableVersionsAreSupported(String version) {
        assertThat(ServerVersion.of("VERSION " + version).supported()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.6.17", "1.6.9_managed", "1.5.22", "1.4.39", "0.9.99"})
    void olderVersionsAreNot(String version) {
        assertThat(ServerVersion.of("VERSION " + version).supported()).isFalse();
    }
}
