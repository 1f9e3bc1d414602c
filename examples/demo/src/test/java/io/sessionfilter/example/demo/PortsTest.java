package io.sessionfilter.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void aPortThatIsTakenIsNotGiven() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(Ports.loopback(0));

            assertThat(new Ports().choose(taken.getLocalPort())).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void noPortIsGivenTwice() throws IOException {
        Ports ports = new Ports();
        int first = ports.choose(0);

        assertThat(ports.choose(first)).isNotEqualTo(first);
    }
}
