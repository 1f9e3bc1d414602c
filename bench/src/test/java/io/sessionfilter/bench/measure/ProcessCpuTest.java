package io.sessionfilter.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.regex.Pattern;
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

    @Test
    void threadsAreToldByTheirNames() throws Exception {
        long pid = ProcessHandle.current().pid();
        Thread busy = new Thread(
                () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                },
                "busy-in-test");
        busy.start();
        try {
            Await.until("it has worked", Duration.ofSeconds(30), () -> nanos(pid, "busy-.*") > 0);

            assertThat(nanos(pid, "busy-.*")).isLessThanOrEqualTo(ProcessCpu.nanos(pid));
            assertThat(nanos(pid, "nobody")).isZero();
        } finally {
            busy.interrupt();
            busy.join();
        }
    }

    private static long nanos(long pid, String names) {
        try {
            return ProcessCpu.nanosOfThreads(pid, Pattern.compile(names));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
