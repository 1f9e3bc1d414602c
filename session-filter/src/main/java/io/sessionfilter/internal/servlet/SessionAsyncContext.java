package io.sessionfilter.internal.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous context as the application sees it: what was changed is committed before the request completes or is dispatched. The
 * container's own listeners are too late for that.
 */
final class SessionAsyncContext implements AsyncContext {
    private final AsyncContext delegate;
    private final RequestState state;
    private volatile boolean original;
    private volatile @Nullable String forwardedPath;

    SessionAsyncContext(AsyncContext delegate, RequestState state) {
        this.delegate = delegate;
        this.state = state;
    }

    boolean wraps(AsyncContext other) {
        return delegate == other || this == other;
    }

    /**
     * An asynchronous cycle begins.
     *
     * @param withOriginals whether the application gave no request and response of its own: ours are the original ones for it
     * @param pathFromForward where {@link #dispatch()} goes if the cycle begins within a forward; {@code null}: the container knows
     */
    SessionAsyncContext started(boolean withOriginals, @Nullable String pathFromForward) {
        original = withOriginals;
        forwardedPath = pathFromForward;
        state.asynchronous();
        delegate.addListener(new CommittingListener());
        state.asyncStarted();
        return this;
    }

    @Override
    public ServletRequest getRequest() {
        return delegate.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return delegate.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return original || delegate.hasOriginalRequestAndResponse();
    }

    /** Tomcat would ask our wrapper for the path, whose answer changes when the forward returns. */
    @Override
    public void dispatch() {
        String path = forwardedPath;
        state.commitQuietly();
        if (path == null) {
            delegate.dispatch();
        } else {
            delegate.dispatch(path);
        }
    }

    @Override
    public void dispatch(String path) {
        state.commitQuietly();
        delegate.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        state.commitQuietly();
        delegate.dispatch(context, path);
    }

    @Override
    public void complete() {
        state.commitBeforeCompletion();
        delegate.complete();
    }

    @Override
    public void start(Runnable run) {
        delegate.start(run);
    }

    @Override
    public void addListener(AsyncListener listener) {
        delegate.addListener(new ApplicationListener(listener));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        delegate.addListener(new ApplicationListener(listener), request, response);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> listenerClass) throws ServletException {
        return delegate.createListener(listenerClass);
    }

    @Override
    public void setTimeout(long milliseconds) {
        delegate.setTimeout(milliseconds);
    }

    @Override
    public long getTimeout() {
        return delegate.getTimeout();
    }

    /** Commits when nobody else will: on timeouts and errors, and what was left when the request is over. */
    private final class CommittingListener implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            state.completed();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            state.commitQuietly();
        }

        @Override
        public void onError(AsyncEvent event) {
            state.failed();
        }

        /** A dispatch has started another cycle, which has a listener of its own. */
        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    /**
     * Shows a listener of the application our context in the events, since listeners like to complete it, and commits what it has changed:
     * if nobody completes the request, the container answers it.
     */
    private final class ApplicationListener implements AsyncListener {
        private final AsyncListener listener;

        ApplicationListener(AsyncListener listener) {
            this.listener = listener;
        }

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            try {
                listener.onComplete(ours(event));
            } finally {
                state.commitQuietly();
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            try {
                listener.onTimeout(ours(event));
            } finally {
                state.commitQuietly();
            }
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            try {
                listener.onError(ours(event));
            } finally {
                state.commitQuietly();
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) throws IOException {
            listener.onStartAsync(ours(event));
        }

        private AsyncEvent ours(AsyncEvent event) {
            AsyncContext context = event.getAsyncContext();
            return new AsyncEvent(
                    context == null ? SessionAsyncContext.this : state.asyncContext(context),
                    event.getSuppliedRequest(),
                    event.getSuppliedResponse(),
                    event.getThrowable());
        }
    }
}
