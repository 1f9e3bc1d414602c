package io.sessionfilter.bench.app;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.LongAdder;

/** A value that can be changed in place, and that knows how often those of its kind were encoded: those that were changed since they were made or read, and the others. */
public final class Item implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final LongAdder CHANGED_ENCODED = new LongAdder();
    private static final LongAdder UNCHANGED_ENCODED = new LongAdder();

    private final String text;
    private volatile long version;

    /**
     * Makes one.
     *
     * @param text most of what it is stored as
     */
    public Item(String text) {
        this.text = text;
    }

    /** How often one that was changed has been encoded in this JVM. */
    public static long changedEncoded() {
        return CHANGED_ENCODED.sum();
    }

    /** How often one that was never changed has been encoded in this JVM. */
    public static long unchangedEncoded() {
        return UNCHANGED_ENCODED.sum();
    }

    /** Changes it in place. */
    public void change() {
        version = System.nanoTime();
    }

    /** When it was changed last; only comparable. */
    public long version() {
        return version;
    }

    /** How long its text is. */
    public int length() {
        return text.length();
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        (version == 0 ? UNCHANGED_ENCODED : CHANGED_ENCODED).increment();
        out.defaultWriteObject();
    }
}
