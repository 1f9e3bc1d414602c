package io.sessionfilter.internal.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerProcessTest {
    @Test
    void anotherPidIsAnotherProcess() {
        assertThat(process("10", "100", 0).isReplacedBy(process("11", "101", 1)))
                .isTrue();
    }

    @Test
    void samePidWithGrowingUptimeIsTheSameProcess() {
        assertThat(process("1", "100", 0).isReplacedBy(process("1", "101", 1))).isFalse();
        assertThat(process("1", "100", 0).isReplacedBy(process("1", "3700", 3600)))
                .isFalse();
    }

    @Test
    void smallerUptimeIsARestartInAContainer() {
        assertThat(process("1", "100", 0).isReplacedBy(process("1", "0", 1))).isTrue();
    }

    @Test
    void uptimeThatGrewTooLittleWhileNobodyLookedIsARestart() {
        assertThat(process("1", "100", 0).isReplacedBy(process("1", "3000", 3600)))
                .isTrue();
    }

    @Test
    void uptimeThatStoodStillForAMomentIsNoRestart() {
        assertThat(process("1", "100", 0).isReplacedBy(process("1", "100", 5))).isFalse();
    }

    @Test
    void serverThatTellsNothingIsNeverFoundRestarted() {
        assertThat(ServerProcess.of(Map.of(), 0).isReplacedBy(ServerProcess.of(Map.of(), 1)))
                .isFalse();
        assertThat(process("x", "y", 0).isReplacedBy(process("z", "0", 1))).isFalse();
    }

    private static ServerProcess process(String pid, String uptime, long atSeconds) {
        return ServerProcess.of(Map.of("pid", pid, "uptime", uptime), TimeUnit.SECONDS.toNanos(atSeconds));
    }
}
