package io.sessionfilter.internal.record;

/**
 * Bytes are not a record that this version can read: damaged, forged, or of another format version. The message says which, and where;
 * it shows none of the bytes.
 */
public final class RecordException extends Exception {
    private static final long serialVersionUID = 1L;

    RecordException(String message) {
        super(message);
    }
}
