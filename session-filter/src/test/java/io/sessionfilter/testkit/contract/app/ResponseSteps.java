package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Steps that write, commit, redirect or reset the response: all the ways in which it can go out before the servlet is
 * done.
 */
final class ResponseSteps {
    private ResponseSteps() {}

    static Map<String, Step> table() {
        Map<String, Step> steps = new HashMap<>();
        steps.put("committed", (call, arguments) -> call.response.isCommitted());
        steps.put("encode-url", (call, arguments) -> call.response.encodeURL(arguments.get(0)));
        steps.put("encode-redirect-url", (call, arguments) -> call.response.encodeRedirectURL(arguments.get(0)));
        addWriteSteps(steps);
        addFlushSteps(steps);
        addHeadSteps(steps);
        addSendSteps(steps);
        return steps;
    }

    /** {@code fill n} writes n bytes more than the response buffers; the others write that much in other ways. */
    private static void addWriteSteps(Map<String, Step> steps) {
        steps.put("fill", output((response, arguments) -> {
            byte[] bytes = new byte[response.getBufferSize() + Integer.parseInt(arguments.get(0))];
            Arrays.fill(bytes, (byte) 'x');
            response.getOutputStream().write(bytes);
        }));
        steps.put("fill-bytewise", output((response, arguments) -> {
            int count = response.getBufferSize() + Integer.parseInt(arguments.get(0));
            for (int i = 0; i < count; i++) {
                response.getOutputStream().write('x');
            }
        }));
        steps.put(
                "fill-by-printf",
                output((response, arguments) ->
                        response.getWriter().printf("%s", "x".repeat(response.getBufferSize() * 2))));
        steps.put(
                "fill-by-format",
                output((response, arguments) ->
                        response.getWriter().format("%s", "x".repeat(response.getBufferSize() * 2))));
        steps.put(
                "fill-by-append",
                output((response, arguments) -> response.getWriter().append("x".repeat(response.getBufferSize() * 2))));
        steps.put(
                "fill-by-println",
                output((response, arguments) ->
                        response.getWriter().println("x".repeat(response.getBufferSize() * 2))));
        steps.put("fill-by-three-byte-characters", output((response, arguments) -> {
            response.setContentType("text/plain;charset=UTF-8");
            char[] characters = new char[response.getBufferSize() / 2];
            Arrays.fill(characters, '\u4e92');
            response.getWriter().write(characters);
        }));
        steps.put("fill-by-byte-buffer", output((response, arguments) -> {
            byte[] bytes = new byte[response.getBufferSize() + Integer.parseInt(arguments.get(0))];
            writeByteBuffer(response.getOutputStream(), bytes);
        }));
        steps.put(
                "write-byte-buffer",
                output((response, arguments) ->
                        writeByteBuffer(response.getOutputStream(), new byte[Integer.parseInt(arguments.get(0))])));
        steps.put(
                "write",
                output((response, arguments) -> response.getOutputStream()
                        .write("x"
                                .repeat(Integer.parseInt(arguments.get(0)))
                                .getBytes(response.getCharacterEncoding()))));
    }

    /** Came with Servlet 6.1; older containers get the bytes as they are. */
    private static void writeByteBuffer(ServletOutputStream stream, byte[] bytes) throws IOException {
        try {
            ServletOutputStream.class
                    .getMethod("write", ByteBuffer.class)
                    .invoke(
                            stream,
                            ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        } catch (NoSuchMethodException e) {
            stream.write(bytes);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addFlushSteps(Map<String, Step> steps) {
        steps.put("flush-buffer", output((response, arguments) -> response.flushBuffer()));
        steps.put(
                "flush-stream",
                output((response, arguments) -> response.getOutputStream().flush()));
        steps.put(
                "flush-writer",
                output((response, arguments) -> response.getWriter().flush()));
        steps.put(
                "check-error",
                output((response, arguments) -> response.getWriter().checkError()));
        steps.put(
                "close-stream",
                output((response, arguments) -> response.getOutputStream().close()));
        steps.put(
                "close-writer",
                output((response, arguments) -> response.getWriter().close()));
    }

    private static void addHeadSteps(Map<String, Step> steps) {
        steps.put("status", output((response, arguments) -> response.setStatus(Integer.parseInt(arguments.get(0)))));
        steps.put("cookie", (call, arguments) -> {
            call.response.addCookie(new Cookie(arguments.get(0), arguments.get(1)));
            return "done";
        });
        steps.put("reset", (call, arguments) -> {
            call.response.reset();
            return "done";
        });
        steps.put("reset-buffer", (call, arguments) -> {
            call.response.resetBuffer();
            return "done";
        });
        steps.put("content-length-null", (call, arguments) -> {
            call.response.setHeader("Content-Length", null);
            return "done";
        });
        steps.put("content-length", (call, arguments) -> {
            setContentLength(call.response, arguments.get(0), Integer.parseInt(arguments.get(1)));
            return "done";
        });
    }

    private static void setContentLength(HttpServletResponse response, String way, int length) {
        switch (way) {
            case "setContentLength" -> response.setContentLength(length);
            case "setContentLengthLong" -> response.setContentLengthLong(length);
            case "setHeader" -> response.setHeader("Content-Length", Integer.toString(length));
            case "addHeader" -> response.addHeader("Content-Length", Integer.toString(length));
            case "setIntHeader" -> response.setIntHeader("Content-Length", length);
            case "addIntHeader" -> response.addIntHeader("Content-Length", length);
            default -> throw new IllegalArgumentException(way);
        }
    }

    private static void addSendSteps(Map<String, Step> steps) {
        steps.put("send-error", output((response, arguments) -> {
            int status = Integer.parseInt(arguments.get(0));
            if (arguments.size() > 1) {
                response.sendError(status, arguments.get(1));
            } else {
                response.sendError(status);
            }
        }));
        steps.put("redirect", output((response, arguments) -> redirect(response, arguments)));
    }

    /**
     * The overloads with a status or the wish to keep the buffer came with Servlet 6.1; older containers get the
     * plain one.
     */
    private static void redirect(HttpServletResponse response, List<String> arguments) throws IOException {
        String location = arguments.get(0);
        List<String> options = arguments.subList(1, arguments.size());
        try {
            if (options.size() == 2) {
                HttpServletResponse.class
                        .getMethod("sendRedirect", String.class, int.class, boolean.class)
                        .invoke(response, location, Integer.valueOf(options.get(0)), Boolean.valueOf(options.get(1)));
            } else if (options.equals(List.of("true")) || options.equals(List.of("false"))) {
                HttpServletResponse.class
                        .getMethod("sendRedirect", String.class, boolean.class)
                        .invoke(response, location, Boolean.valueOf(options.get(0)));
            } else if (options.size() == 1) {
                HttpServletResponse.class
                        .getMethod("sendRedirect", String.class, int.class)
                        .invoke(response, location, Integer.valueOf(options.get(0)));
            } else {
                response.sendRedirect(location);
            }
        } catch (NoSuchMethodException e) {
            response.sendRedirect(location);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Steps after which the script must not write its results into the response. */
    private static Step output(Output output) {
        return (call, arguments) -> {
            call.silence();
            output.write(call.response, arguments);
            return call.response.isCommitted() ? "committed" : "open";
        };
    }

    @FunctionalInterface
    private interface Output {
        void write(HttpServletResponse response, List<String> arguments) throws IOException;
    }
}
