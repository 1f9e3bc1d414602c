package io.sessionfilter.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same commands to memcached and to its model: the same answers, byte for byte, cas values and errors included. */
class InMemoryMemcachedTest {
    private static final String LARGE = "x".repeat(1_048_600);

    private final MemcachedProcess real = MemcachedProcess.start();
    private final InMemoryMemcached model = InMemoryMemcached.start();

    @AfterEach
    void close() {
        real.close();
        model.close();
    }

    @Test
    void answersAsMemcachedDoes() throws IOException {
        assertSameAnswers(List.of(
                "mg k v c f t k O12 s",
                "ms k 3 T0 F7 c k O13\r\nabc",
                "mg k v c f t k O12 s",
                "mg k O5 t f c s v k",
                "mg k",
                "mg",
                "mg k T0 t",
                "ms none 3 F7 c k O13 C99\r\nabc",
                "ms k 3 F7 c O13 ME\r\nabc",
                "ms k 3 F7 c O13 C99\r\nabc",
                "ms k 3 F7 c O13 C1\r\nabd",
                "ms k 3 F7 c O13 C1 MS\r\nabc",
                "ms k 3 MZ\r\nabc",
                "ms none 3 F7 c O13 MR\r\nabc",
                "ms k 3 F7 c O13 MR\r\nabe",
                "ms k 2\r\nabc",
                "ms k abc T100",
                "ms k 3 Tx\r\nabc",
                "ms k 3 F4294967295\r\nabc",
                "mg k f v c",
                "ms k 0 c\r\n",
                "mg k v c",
                "ms k 3 T-1 c\r\nabc",
                "mg k v c",
                "ms k 3 c\r\nabc",
                "md k C77 O4 k",
                "md none C77 O4 k",
                "md k q O3",
                "md k q O3",
                "ms k 3 q\r\nabc",
                "mg none v q",
                "mg k v q",
                "mg k !",
                "ms k 3 !\r\nabc",
                "md k !",
                "mg " + "k".repeat(251),
                "mg " + "k".repeat(250) + " k",
                "get k none",
                "gets k",
                "get",
                "set k 5 0 2\r\nhi",
                "add k 5 0 2\r\nhi",
                "replace k 6 0 2\r\nho",
                "replace none 6 0 2\r\nho",
                "cas k 5 0 2 1\r\nhi",
                "cas none 5 0 2 1\r\nhi",
                "gets k",
                "touch k 0",
                "touch none 0",
                "delete k",
                "delete k",
                "ms k 3 c\r\nabc",
                "flush_all",
                "mg k v",
                "ms k 3 c\r\nabc",
                "version",
                "verbosity 0",
                "bogus"));
    }

    @Test
    void refusesWhatIsTooLargeAsMemcachedDoes() throws IOException {
        String tooLarge = " " + LARGE.length() + "\r\n" + LARGE;
        assertSameAnswers(List.of(
                "set k 0 0 3\r\nabc",
                "add k 0 0" + tooLarge,
                "mg k v",
                "set k 0 0" + tooLarge,
                "mg k v",
                "ms k 3\r\nabc",
                "ms k" + tooLarge,
                "mg k v",
                "ms k 3\r\nabc",
                "ms k " + LARGE.length() + " ME\r\n" + LARGE,
                "mg k v",
                "ms k 3 c\r\nabc"));
    }

    @Test
    void randomConversationsAreTheSame() throws IOException {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            List<String> commands = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                commands.add(randomCommand(random));
            }
            assertSameAnswers(commands);
        }
    }

    private static String randomCommand(Random random) {
        String key = "k" + random.nextInt(3);
        String data = "d".repeat(random.nextInt(20));
        String cas = " C" + (1 + random.nextInt(30));
        return switch (random.nextInt(9)) {
            case 0 -> "mg " + key + " c f v O" + random.nextInt(100);
            case 1 -> "mg " + key + " T" + (random.nextBoolean() ? 0 : 5000) + " c f k";
            case 2 -> "ms " + key + " " + data.length() + " F" + random.nextInt(9) + " c\r\n" + data;
            case 3 -> "ms " + key + " " + data.length() + " ME T100 O7 c\r\n" + data;
            case 4, 5 -> "ms " + key + " " + data.length() + cas + " T0 O8 c k\r\n" + data;
            case 6 -> "md " + key + cas + " O9";
            case 7 -> random.nextInt(10) == 0 ? "flush_all" : "gets k0 k1 k2";
            default -> random.nextInt(3) == 0 ? "delete " + key : "touch " + key + " 0";
        };
    }

    @Test
    void itemsExpireByTheClockThatIsPassedIn() {
        long[] millis = {1_000_000_000_000L};
        MemcachedModel clocked = new MemcachedModel(new TimeSource() {
            @Override
            public void pause(long nanos) {
                throw new UnsupportedOperationException("nothing waits here");
            }

            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public long millis() {
                return millis[0];
            }
        });
        MemcachedDialog dialog = new MemcachedDialog(clocked);
        say(dialog, "ms relative 1 T10", "x");
        say(dialog, "ms absolute 1 T" + (millis[0] / 1000 + 20), "x");
        say(dialog, "ms past 1 T2592001", "x"); // 31 days would be one in January 1970

        assertThat(say(dialog, "mg past", "")).isEqualTo("EN\r\n");
        assertThat(say(dialog, "mg relative t", "")).isEqualTo("HD t10\r\n");
        assertThat(say(dialog, "mg absolute t", "")).isEqualTo("HD t20\r\n");
        millis[0] += 10_000;
        assertThat(say(dialog, "mg relative t", "")).isEqualTo("EN\r\n");
        assertThat(say(dialog, "mg absolute t", "")).isEqualTo("HD t10\r\n");
        millis[0] += 10_000;
        assertThat(say(dialog, "mg absolute t", "")).isEqualTo("EN\r\n");
    }

    private static String say(MemcachedDialog dialog, String line, String data) {
        byte[] answer = dialog.answer(line, data.getBytes(StandardCharsets.US_ASCII));
        return new String(answer, StandardCharsets.US_ASCII);
    }

    @Test
    void restartIsEmptyAndCountsFromOne() throws IOException {
        List<String> commands = List.of("ms k 1 c\r\na", "ms k 1 c\r\nb", "mg k v c");
        List<String> before = answers(model.port(), commands);
        long pid = model.model().pid();

        model.restart();

        assertThat(answers(model.port(), List.of("mg k v c"))).containsExactly("EN\r\n");
        assertThat(answers(model.port(), commands)).isEqualTo(before);
        assertThat(model.model().pid()).isNotEqualTo(pid);
    }

    private void assertSameAnswers(List<String> commands) throws IOException {
        List<String> expected = answers(real.port(), commands);
        List<String> actual = answers(model.port(), commands);
        for (int i = 0; i < expected.size(); i++) {
            String command = commands.get(i);
            assertThat(actual.get(i))
                    .as("command " + i + ": " + command.substring(0, Math.min(60, command.length())))
                    .isEqualTo(expected.get(i));
        }
    }

    /** Sends each command with a barrier behind it, so that its answer is all that comes before the barrier's. */
    private static List<String> answers(int port, List<String> commands) throws IOException {
        List<String> answers = new ArrayList<>();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
            for (String command : commands) {
                socket.getOutputStream().write((command + "\r\nmn\r\n").getBytes(StandardCharsets.US_ASCII));
                answers.add(upToBarrier(socket.getInputStream()));
            }
        }
        return answers;
    }

    private static String upToBarrier(InputStream input) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        while (true) {
            int next = input.read();
            assertThat(next).as("connection was closed").isNotNegative();
            answer.write(next);
            String text = answer.toString(StandardCharsets.US_ASCII);
            if (text.endsWith("MN\r\n")) {
                return text.substring(0, text.length() - 4);
            }
        }
    }
}
