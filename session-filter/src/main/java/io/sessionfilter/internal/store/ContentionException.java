package io.sessionfilter.internal.store;

/** Others were faster so often in a row that an operation was given up. No memcached node is at fault; trying again makes sense. */
public final class ContentionException extends Exception {
    ContentionException(String operation, int attempts) {
        this(operation + ": others changed the session " + attempts + " times in a row");
    }

    public ContentionException(String message) {
        super(message);
    }
}
