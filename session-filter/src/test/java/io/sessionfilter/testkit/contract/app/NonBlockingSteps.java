package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Steps that read and write without blocking, and those for what a response may send besides its head and body. */
final class NonBlockingSteps {
    private NonBlockingSteps() {}

    static Map<String, Step> table() {
        Map<String, Step> steps = new HashMap<>();
        steps.put("write-non-blocking", (call, arguments) -> {
            AsyncContext context = start(call);
            ServletOutputStream out = context.getResponse().getOutputStream();
            out.setWriteListener(new Writer(call, context, out, arguments.get(0), Integer.parseInt(arguments.get(1))));
            return "started";
        });
        steps.put("read-non-blocking", (call, arguments) -> {
            AsyncContext context = start(call);
            ServletInputStream in = context.getRequest().getInputStream();
            in.setReadListener(new Reader(call, context, in, arguments.get(0)));
            return "started";
        });
        steps.put("trailer", (call, arguments) -> {
            call.silence();
            call.response.setTrailerFields(() -> Map.of(arguments.get(0), arguments.get(1)));
            call.response.getOutputStream().write("body".getBytes(StandardCharsets.US_ASCII));
            call.response.flushBuffer();
            return "done";
        });
        steps.put("early-hints", (call, arguments) -> earlyHints(call));
        return steps;
    }

    /**
     * {@code sendEarlyHints()} comes with Servlet 6.2; Tomcat has it on its own response already, and Jetty 12.1 sends hints for {@code
     * sendError(103)}, in which 12.0 hangs.
     */
    private static String earlyHints(Call call) throws IOException {
        call.response.setHeader("Link", "</style.css>; rel=preload");
        if (call.request.getServletContext().getServerInfo().startsWith("jetty/12.1")) {
            call.response.sendError(103);
            return "sent";
        }
        ServletResponse containers = call.response;
        while (containers instanceof ServletResponseWrapper wrapper) {
            containers = wrapper.getResponse();
        }
        try {
            containers.getClass().getMethod("sendEarlyHints").invoke(containers);
            return "sent";
        } catch (NoSuchMethodException e) {
            return "not offered";
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AsyncContext start(Call call) {
        AsyncContext context = call.request.startAsync();
        context.setTimeout(20_000);
        call.goOn(context);
        call.silence();
        return context;
    }

    /** Writes as long as the container is ready, and sets the attribute before the first byte. */
    private static final class Writer implements WriteListener {
        private static final int CHUNK = 8_000;

        private final Call call;
        private final AsyncContext context;
        private final ServletOutputStream out;
        private final String attribute;
        private int left;
        private boolean begun;

        Writer(Call call, AsyncContext context, ServletOutputStream out, String attribute, int length) {
            this.call = call;
            this.context = context;
            this.out = out;
            this.attribute = attribute;
            this.left = length;
        }

        @Override
        public void onWritePossible() throws IOException {
            if (!begun) {
                begun = true;
                call.session().setAttribute(attribute, "begun");
            }
            while (left > 0 && out.isReady()) {
                byte[] chunk = new byte[Math.min(CHUNK, left)];
                Arrays.fill(chunk, (byte) 'x');
                left -= chunk.length;
                out.write(chunk);
            }
            if (left == 0 && out.isReady()) {
                left = -1;
                call.record("written", "done");
                context.complete();
            }
        }

        @Override
        public void onError(Throwable failure) {
            call.record("written", "!" + failure);
            context.complete();
        }
    }

    /** Reads what is there whenever something is, and sets the attribute to it at the end. */
    private static final class Reader implements ReadListener {
        private final Call call;
        private final AsyncContext context;
        private final ServletInputStream in;
        private final String attribute;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Reader(Call call, AsyncContext context, ServletInputStream in, String attribute) {
            this.call = call;
            this.context = context;
            this.in = in;
            this.attribute = attribute;
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] buffer = new byte[1000];
            while (in.isReady() && !in.isFinished()) {
                int count = in.read(buffer);
                if (count > 0) {
                    body.write(buffer, 0, count);
                }
            }
        }

        @Override
        public void onAllDataRead() {
            call.session().setAttribute(attribute, body.toString(StandardCharsets.US_ASCII));
            call.record("read", String.valueOf(body.size()));
            context.complete();
        }

        @Override
        public void onError(Throwable failure) {
            call.record("read", "!" + failure);
            context.complete();
        }
    }
}
