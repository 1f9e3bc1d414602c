package io.sessionfilter.example.demo;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Tells whether something serves yet. */
@FunctionalInterface
interface Probe {
    boolean isReady() throws InterruptedException;

    /** Ready when it accepts connections. */
    static Probe accepting(int port) {
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(Ports.loopback(port), 1000);
                return true;
            } catch (IOException e) {
                return false;
            }
        };
    }

    /** Ready when it answers a GET with 200. */
    static Probe answering(URI uri) {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
        return () -> {
            try {
                return http.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException e) {
                return false;
            }
        };
    }
}
