package io.sessionfilter.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ControlTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void whatIsAskedIsAnsweredOnceAndLeavesNothingBehind() throws Exception {
        Control launcher = new Control(directory);
        List<String> asked = new ArrayList<>();
        CompletableFuture<String> answer = askLater("jvm1 kill");

        while (!answer.isDone()) {
            launcher.answerPending(request -> {
                asked.add(request);
                return "done";
            });
            Thread.sleep(10);
        }

        assertThat(answer).isCompletedWithValue("done");
        assertThat(asked).containsExactly("jvm1 kill");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void askingALauncherThatHasEndedFails() throws Exception {
        Process ended = new ProcessBuilder("sh", "-c", "exit 0").start();
        ended.waitFor();

        assertThatThrownBy(() -> new Control(directory).ask("status", PATIENCE, ended.toHandle()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void aLauncherThatSaysNothingIsNotWaitedForForEver() {
        assertThatThrownBy(() -> new Control(directory).ask("status", Duration.ofMillis(100), ProcessHandle.current()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void theLauncherOfAPidFileIsFound() throws IOException {
        Path pidFile = directory.resolve("demo.pid");

        Control.writeLauncher(pidFile);

        assertThat(Control.findLauncher(pidFile)).contains(ProcessHandle.current());
    }

    @Test
    void aPidThatHasBecomeAnotherProcessIsNotTheLauncher() throws IOException {
        Path pidFile = directory.resolve("demo.pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + " 12345\n");

        assertThat(Control.findLauncher(pidFile)).isEmpty();
    }

    @Test
    void withoutAPidFileThereIsNoLauncher() throws IOException {
        assertThat(Control.findLauncher(directory.resolve("demo.pid"))).isEmpty();
    }

    private CompletableFuture<String> askLater(String request) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new Control(directory).ask(request, PATIENCE, ProcessHandle.current());
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
