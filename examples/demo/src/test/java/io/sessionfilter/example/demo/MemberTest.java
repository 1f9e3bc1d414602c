package io.sessionfilter.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are started, stopped from running, ended; and that end with who has started them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MemberTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String CLASS_PATH = classPath();

    @TempDir
    private Path directory;

    private Guard.Link guard;
    private Member member;

    @BeforeEach
    void prepare() throws IOException {
        guard = new Guard.Link(new ProcessBuilder(JAVA, "-Xmx16m", "-cp", CLASS_PATH, Guard.class.getName()));
        member = member("sleep 600");
    }

    @AfterEach
    void end() throws InterruptedException {
        member.stop();
        guard.close();
    }

    @Test
    void aKilledMemberHasEndedAndCanBeStartedAgain() throws Exception {
        member.start();
        member.kill();
        assertThat(member.isAlive()).isFalse();
        assertThat(member.status()).startsWith("ended");

        member.restart();

        assertThat(member.status()).startsWith("running, pid");
    }

    @Test
    void aFrozenMemberIsStoppedFromRunningUntilThawed() throws Exception {
        member.start();

        member.freeze();
        assertThat(member.status()).startsWith("frozen");
        member.thaw();

        assertThat(member.status()).startsWith("running");
    }

    @Test
    void noThreadOfAFrozenMemberRunsOn() throws Exception {
        Path log = directory.resolve("busy.log");
        List<String> command = List.of(JAVA, "-Xmx16m", "-cp", CLASS_PATH, Busy.class.getName());
        Member.Spec spec = new Member.Spec(
                "busy",
                "a test",
                "nowhere",
                command,
                Map.of(),
                () -> log.toFile().length() > 0);
        Member busy = new Member(spec, log, guard);
        busy.start();
        busy.awaitReady();

        for (int round = 0; round < 20; round++) {
            busy.freeze();
            assertThat(threadStates(busy)).as("round %d", round).containsOnly('T');
            busy.thaw();
        }

        assertThat(busy.stop()).isTrue();
    }

    @Test
    void aFrozenMemberCanBeEnded() throws Exception {
        member.start();
        member.freeze();

        assertThat(member.stop()).isTrue();

        assertThat(member.isAlive()).isFalse();
    }

    @Test
    void whatDoesNotRunGetsNoSignal() throws Exception {
        assertThatThrownBy(member::kill).isInstanceOf(IOException.class).hasMessageContaining("not running");
        member.start();
        member.kill();

        assertThatThrownBy(member::freeze).isInstanceOf(IOException.class).hasMessageContaining("not running");
    }

    @Test
    void aMemberThatEndsWhileStartingIsReportedWithItsLog() throws Exception {
        Member failing = member("echo no such port >&2; exit 3");
        failing.start();

        assertThatThrownBy(failing::awaitReady)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("failing")
                .hasMessageContaining("no such port");
    }

    @Test
    void aProcessThatHasEndedAlreadyNeedsNoGuard() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();

        assertThatCode(() -> guard.watch(ended.toHandle())).doesNotThrowAnyException();
    }

    @Test
    void theGuardEndsWhatIsLeftWhenTheLauncherIsGoneEvenIfFrozen() throws Exception {
        member.start();
        member.freeze();

        guard.close();

        // The guard has ended, and it ended the member before.
        assertThat(member.stop()).isTrue();
        assertThat(member.status()).contains("137");
    }

    @Test
    void aTetheredProgramEndsWhenItsStandardInputDoes() throws Exception {
        Process tethered = new ProcessBuilder(
                        JAVA, "-Xmx16m", "-cp", CLASS_PATH, Tether.class.getName(), Sleeper.class.getName())
                .redirectErrorStream(true)
                .start();
        assertThat(tethered.getInputStream().read()).isEqualTo('x');

        tethered.getOutputStream().close();

        assertThat(tethered.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(tethered.exitValue()).isZero();
    }

    /** A program that would go on for ever. */
    public static final class Sleeper {
        private Sleeper() {}

        /** No arguments. */
        public static void main(String[] args) throws InterruptedException {
            System.out.print('x');
            System.out.flush();
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    /** A program that is never at rest. */
    public static final class Busy {
        private Busy() {}

        /** No arguments. */
        public static void main(String[] args) {
            for (int i = 0; i < 8; i++) {
                Thread thread = new Thread(() -> {
                    while (!Thread.interrupted()) {
                        Thread.onSpinWait();
                    }
                });
                thread.start();
            }
            System.out.print('x');
            System.out.flush();
        }
    }

    private Member member(String script) {
        String name = script.startsWith("sleep") ? "member" : "failing";
        Probe ready = () -> name.equals("member");
        Member.Spec spec =
                new Member.Spec(name, "a test", "nowhere", List.of("sh", "-c", "exec " + script), Map.of(), ready);
        if (name.equals("failing")) {
            spec = new Member.Spec(name, "a test", "nowhere", List.of("sh", "-c", script), Map.of(), ready);
        }
        return new Member(spec, directory.resolve(name + ".log"), guard);
    }

    /** As Linux tells them; elsewhere just {@code T}. */
    private static Set<Character> threadStates(Member member) throws IOException {
        String pid = member.status().replaceFirst(".*pid ", "");
        Path threads = Path.of("/proc", pid, "task");
        Set<Character> states = new HashSet<>(Set.of('T'));
        if (Files.isDirectory(threads)) {
            try (Stream<Path> each = Files.list(threads)) {
                for (Path thread : each.toList()) {
                    String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
                    states.add(stat.charAt(stat.lastIndexOf(')') + 2));
                }
            }
        }
        return states;
    }

    private static String classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
                .filter(entry -> entry.contains("classes"))
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElseThrow();
    }
}
