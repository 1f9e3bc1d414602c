package io.sessionfilter.bench.jmh;

import io.sessionfilter.bench.app.TomcatNode;
import io.sessionfilter.bench.app.Workload;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.OutputBuffer;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.jspecify.annotations.Nullable;

/**
 * A Tomcat that is called as its own connector calls it: all of a request but the socket, so that what is measured is the container's pipeline, the
 * filter and the application.
 */
final class InProcessTomcat implements AutoCloseable {
    private final Tomcat tomcat;
    private final CoyoteAdapter adapter;

    InProcessTomcat(ServletContainerInitializer initializer) throws IOException, LifecycleException {
        tomcat = TomcatNode.start(Files.createTempDirectory("bench-tomcat-"), initializer);
        adapter = new CoyoteAdapter(tomcat.getConnector());
    }

    /**
     * Begins a session.
     *
     * @return the cookie that the client is to send
     */
    String begin(int bytes) throws Exception {
        return begin(Workload.BEGIN, Workload.BYTES + "=" + bytes);
    }

    /**
     * Begins a small session.
     *
     * @return the cookie that the client is to send
     */
    String logIn() throws Exception {
        return begin(Workload.LOG_IN, null);
    }

    private String begin(Workload workload, @Nullable String query) throws Exception {
        Exchange begin = new Exchange(workload, query, null);
        String cookie = begin.runForCookie();
        if (cookie == null) {
            throw new IllegalStateException("a new session comes without a cookie");
        }
        return cookie.split(";", 2)[0];
    }

    /** A request to be made again and again. */
    Exchange exchange(Workload workload, @Nullable String cookie) {
        return new Exchange(workload, null, cookie);
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /** A request, and what becomes of it. For one thread. */
    final class Exchange {
        private static final int OK = 200;

        private final byte[] uri;
        private final @Nullable String query;
        private final byte @Nullable [] cookie;
        private final Request request = new Request();
        private final Response response = new Response();

        private Exchange(Workload workload, @Nullable String query, @Nullable String cookie) {
            this.uri = workload.path().getBytes(StandardCharsets.US_ASCII);
            this.query = query;
            this.cookie = cookie == null ? null : cookie.getBytes(StandardCharsets.US_ASCII);
            request.setResponse(response);
            response.setOutputBuffer(new Discarding());
        }

        /** Makes it once. */
        int run() throws Exception {
            serve();
            int status = response.getStatus();
            recycle();
            if (status != OK) {
                throw new IllegalStateException("the application answers " + status);
            }
            return status;
        }

        private @Nullable String runForCookie() throws Exception {
            serve();
            String set = response.getMimeHeaders().getHeader("Set-Cookie");
            recycle();
            return set;
        }

        private void serve() throws Exception {
            request.setMethod("GET");
            request.protocol().setString("HTTP/1.1");
            request.scheme().setString("http");
            request.serverName().setString("localhost");
            request.requestURI().setBytes(uri, 0, uri.length);
            if (query != null) {
                request.queryString().setString(query);
            }
            if (cookie != null) {
                request.getMimeHeaders().setValue("Cookie").setBytes(cookie, 0, cookie.length);
            }
            adapter.service(request, response);
        }

        private void recycle() {
            request.recycle();
            response.recycle();
        }
    }

    private static final class Discarding implements OutputBuffer {
        private long written;

        @Override
        public int doWrite(ByteBuffer chunk) {
            int length = chunk.remaining();
            chunk.position(chunk.limit());
            written += length;
            return length;
        }

        @Override
        public long getBytesWritten() {
            return written;
        }
    }
}
