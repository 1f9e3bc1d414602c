package io.sessionfilter.example.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;

/** Hands out loopback ports: the wanted one if it is free, else (and for 0) any; none twice. */
final class Ports {
    private final Set<Integer> given = new HashSet<>();

    int choose(int wanted) throws IOException {
        if (wanted != 0 && isFree(wanted) && given.add(wanted)) {
            return wanted;
        }
        while (true) {
            try (ServerSocket socket = bind(0)) {
                int port = socket.getLocalPort();
                if (given.add(port)) {
                    return port;
                }
            }
        }
    }

    /** 127.0.0.1, whatever this machine thinks of IPv6. */
    static InetSocketAddress loopback(int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    boolean isFree(int port) {
        try (ServerSocket socket = bind(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(loopback(port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
