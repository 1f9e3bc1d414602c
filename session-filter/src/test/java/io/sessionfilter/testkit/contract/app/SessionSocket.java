package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.http.HttpSession;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Does what its messages say, and answers each with the result: the way to the session first, then a step of {@link BareSession}. The ways are
 * the {@code session} object that the handshake showed, the {@code accessor} of that one, and a {@code lookup} by the handshake's headers.
 */
@ServerEndpoint(value = "/socket", configurator = SessionSocket.Handshake.class)
public final class SessionSocket {
    private @Nullable HttpSession session;
    private Map<String, List<String>> headers = Map.of();
    private @Nullable Object accessor;
    private @Nullable Object found;

    /** Keeps what the handshake has. */
    public static final class Handshake extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            Map<String, Object> properties = config.getUserProperties();
            Object session = request.getHttpSession();
            if (session == null) {
                properties.remove("session");
            } else {
                properties.put("session", session);
            }
            properties.put("headers", new TreeMap<>(request.getHeaders()));
        }
    }

    /** Takes over what the handshake has kept. */
    @OnOpen
    public void open(Session socket, EndpointConfig config) {
        session = (HttpSession) config.getUserProperties().get("session");
        headers = headers(config.getUserProperties().get("headers"));
    }

    @SuppressWarnings("unchecked") // put there by the handshake
    private static Map<String, List<String>> headers(Object property) {
        return (Map<String, List<String>>) property;
    }

    /** One step. */
    @OnMessage
    public String message(String message) {
        List<String> words = Arrays.asList(message.split(" ", -1));
        List<String> step = words.subList(1, words.size());
        try {
            return switch (words.get(0)) {
                case "session" -> BareSession.run(session, step);
                case "accessor" -> KeptSteps.byAccessor(accessor(), step);
                case "lookup" -> Lookup.run(found(), step);
                default -> throw new IllegalArgumentException("no such way: " + message);
            };
        } catch (RuntimeException | LinkageError e) {
            return "!" + e.getClass().getSimpleName();
        }
    }

    private Object accessor() {
        Object known = accessor;
        if (known == null) {
            known = session.getAccessor();
            accessor = known;
        }
        return known;
    }

    private Object found() {
        Object known = found;
        if (known == null) {
            known = Lookup.byHeaders(SocketContext.get(), headers);
            found = known;
        }
        return known;
    }
}
