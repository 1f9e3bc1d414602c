package io.sessionfilter.bench.app;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.LongAdder;

/** A value that can be changed in place, and that knows how often one of its kind was encoded. */
public final class Item implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final LongAdder ENCODED = new LongAdder();

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

    /** How many were encoded in this JVM. */
    public static long encoded() {
        return ENCODED.sum();
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
        ENCODED.increment();
        out.defaultWriteObject();
    }
}
