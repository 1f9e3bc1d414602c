package io.sessionfilter.internal.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** The response as the application sees it: before it can go out, the session is committed; and URLs carry session ids where needed. */
final class SessionResponse extends HttpServletResponseWrapper {
    private static final String CONTENT_LENGTH = "Content-Length";

    private final RequestState state;
    private final CommitGate gate;
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;

    SessionResponse(HttpServletResponse response, RequestState state) {
        super(response);
        this.state = state;
        this.gate = new CommitGate(state);
    }

    /** Looks through a chain of wrappers for one of ours. */
    static @Nullable SessionResponse in(ServletResponse response, RequestState state) {
        ServletResponse current = response;
        while (current instanceof ServletResponseWrapper wrapper) {
            if (wrapper instanceof SessionResponse ours && ours.state == state) {
                return ours;
            }
            current = wrapper.getResponse();
        }
        return null;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream current = stream;
        if (current == null) {
            current = new CountingStream(super.getOutputStream(), gate);
            gate.bufferSize(getBufferSize());
            stream = current;
        }
        return current;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter current = writer;
        if (current == null) {
            current = new CountingWriter(super.getWriter(), gate, CharsetWidth.of(getCharacterEncoding()));
            gate.bufferSize(getBufferSize());
            writer = current;
        }
        return current;
    }

    @Override
    public void setBufferSize(int size) {
        super.setBufferSize(size);
        gate.bufferSize(getBufferSize());
    }

    @Override
    public void flushBuffer() throws IOException {
        gate.beforeCommit();
        super.flushBuffer();
    }

    @Override
    public void reset() {
        super.reset();
        stream = null;
        writer = null;
        gate.reset();
        state.outgoing().responseReset();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        gate.bufferReset();
    }

    @Override
    public void setContentLength(int length) {
        contentLength(length);
        super.setContentLength(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        contentLength(length);
        super.setContentLengthLong(length);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        contentLength(name, value);
        super.setHeader(name, value);
        if (value == null && CONTENT_LENGTH.equalsIgnoreCase(name) && !containsHeader(CONTENT_LENGTH)) {
            // Servlet 6.1, and others before: null takes the header back.
            contentLength(-1);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        contentLength(name, value);
        super.addHeader(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        contentLength(name, value);
        super.setIntHeader(name, value);
    }

    @Override
    public void addIntHeader(String name, int value) {
        contentLength(name, value);
        super.addIntHeader(name, value);
    }

    @Override
    public void sendError(int status) throws IOException {
        gate.beforeCommit();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        gate.beforeCommit();
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        gate.beforeCommit();
        super.sendRedirect(location);
    }

    /** Of Servlet 6.1, as the two below; nobody calls them where they do not exist. */
    @Override
    public void sendRedirect(String location, int status) throws IOException {
        gate.beforeCommit();
        super.sendRedirect(location, status);
    }

    @Override
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        gate.beforeCommit();
        super.sendRedirect(location, clearBuffer);
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        gate.beforeCommit();
        super.sendRedirect(location, status, clearBuffer);
    }

    @Override
    public String encodeURL(String url) {
        return super.encodeURL(url == null ? url : state.encodeUrl(url));
    }

    @Override
    public String encodeRedirectURL(String url) {
        return super.encodeRedirectURL(url == null ? url : state.encodeUrl(url));
    }

    /** The length of what is included is not that of the response, and containers ignore it. */
    private void contentLength(long length) {
        if (!state.isIncluding()) {
            gate.contentLength(length);
        }
    }

    private void contentLength(String name, int value) {
        if (CONTENT_LENGTH.equalsIgnoreCase(name)) {
            contentLength(value);
        }
    }

    private void contentLength(String name, @Nullable String value) {
        if (value != null && CONTENT_LENGTH.equalsIgnoreCase(name)) {
            try {
                contentLength(Long.parseLong(value.trim()));
            } catch (NumberFormatException e) {
                // Not ours to judge: the container gets it as it is.
                contentLength(-1);
            }
        }
    }
}
