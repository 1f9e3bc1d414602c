package io.sessionfilter.tomcat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Tomcat logs as an error while it starts: it goes on without the application, and says why nowhere else. */
final class StartErrors extends Handler implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final List<LogRecord> errors = new ArrayList<>();

    StartErrors() {
        setLevel(Level.SEVERE);
        root.addHandler(this);
    }

    @Override
    public synchronized void publish(LogRecord record) {
        if (isLoggable(record)) {
            errors.add(record);
        }
    }

    /** An exception with all that was logged. */
    synchronized IllegalStateException asException(String message) {
        IllegalStateException failure = new IllegalStateException(message);
        for (LogRecord error : errors) {
            failure.addSuppressed(new IllegalStateException(error.getMessage(), error.getThrown()));
        }
        return failure;
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
