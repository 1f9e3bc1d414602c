package io.sessionfilter.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessCpuTest {
    @Test
    void addsUserAndSystemTime() {
        assertThat(ProcessCpu.ticks("4711 (java) S 1 4711 4711 0 -1 4194304 100 200 3 4 250 37 5 6 20 0 30 0 12345"))
                .isEqualTo(287);
    }

    @Test
    void theNameOfAProcessMayHoldAnything() {
        assertThat(ProcessCpu.ticks("4711 (a) b (c 1 2) S 1 4711 4711 0 -1 4194304 100 200 3 4 250 37 5 6 20 0 30 0 1"))
                .isEqualTo(287);
    }
}
