package io.sessionfilter.testkit.contract;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket to the contract's application: sends a message, and waits for the one that answers it. */
final class SocketClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final WebSocket socket;
    private final Answers answers;
    private final List<Exchange> story;

    private SocketClient(WebSocket socket, Answers answers, List<Exchange> story) {
        this.socket = socket;
        this.answers = answers;
        this.story = story;
    }

    /**
     * Connects.
     *
     * @param cookies what to send as the Cookie header; empty: none
     * @param story where the messages go
     */
    static SocketClient connect(HttpClient client, URI uri, String cookies, List<Exchange> story) {
        Answers answers = new Answers();
        WebSocket.Builder builder = client.newWebSocketBuilder();
        if (!cookies.isEmpty()) {
            builder.header("Cookie", cookies);
        }
        WebSocket socket = builder.buildAsync(uri, answers)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        return new SocketClient(socket, answers, story);
    }

    /** Sends a message and returns the answer; a socket that the server has closed answers with that. */
    String ask(String message) {
        socket.sendText(message, true)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(closed -> socket)
                .join();
        String answer = answers.next();
        Exchange exchange = new Exchange(
                "(by WebSocket) " + message,
                101,
                List.of(),
                new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
        exchange.body();
        story.add(exchange);
        return answer;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Answers implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                messages.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            messages.add("(closed: " + statusCode + " " + reason + ")");
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            messages.add("(failed: " + error + ")");
        }

        String next() {
            try {
                String answer = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return answer == null ? "(no answer)" : answer;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "(interrupted)";
            }
        }
    }
}
