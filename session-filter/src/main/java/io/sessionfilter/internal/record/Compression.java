package io.sessionfilter.internal.record;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Ways to make the bytes of a value fewer. A segment says which was used, so all are read wherever they can be. Immutable; safe for use by
 * many threads.
 */
public enum Compression {
    /** The JDK's, at its fastest. */
    DEFLATE(1, 1032) {
        @Override
        int compress(byte[] raw, int offset, int length, byte[] target, int targetOffset) {
            Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
            try {
                deflater.setInput(raw, offset, length);
                deflater.finish();
                int compressed = deflater.deflate(target, targetOffset, target.length - targetOffset);
                return deflater.finished() ? compressed : -1;
            } finally {
                deflater.end();
            }
        }

        @Override
        boolean decompress(byte[] compressed, int offset, int length, byte[] raw, int rawOffset) {
            Inflater inflater = new Inflater(true);
            try {
                inflater.setInput(compressed, offset, length);
                int read = inflater.inflate(raw, rawOffset, raw.length - rawOffset);
                return read == raw.length - rawOffset && (inflater.finished() || inflater.inflate(new byte[1]) == 0);
            } catch (DataFormatException e) {
                return false;
            } finally {
                inflater.end();
            }
        }
    },

    /** LZ4 without native code or {@code Unsafe}; needs {@code at.yawk.lz4:lz4-java} on the class path. */
    LZ4(4, 255) {
        @Override
        int compress(byte[] raw, int offset, int length, byte[] target, int targetOffset) {
            return Lz4.compress(raw, offset, length, target, targetOffset);
        }

        @Override
        boolean decompress(byte[] compressed, int offset, int length, byte[] raw, int rawOffset) {
            return Lz4.decompress(compressed, offset, length, raw, rawOffset);
        }
    };

    /** In the flags of a segment. */
    final byte flag;

    private final int highestRatio;

    Compression(int flag, int highestRatio) {
        this.flag = (byte) flag;
        this.highestRatio = highestRatio;
    }

    /**
     * Compresses into the rest of an array.
     *
     * @return how many bytes it takes, or a negative number if they do not fit
     */
    abstract int compress(byte[] raw, int offset, int length, byte[] target, int targetOffset);

    /**
     * Fills the rest of an array with the raw bytes.
     *
     * @return {@code false} if these are damaged, or fewer or more
     * @throws LinkageError if what it needs is not there
     */
    abstract boolean decompress(byte[] compressed, int offset, int length, byte[] raw, int rawOffset);

    /** Whether so few bytes can stand for so many: to be asked before any room is made for them. */
    boolean canYield(int compressed, int raw) {
        return raw >= 0 && raw <= (long) compressed * highestRatio + 64;
    }

    /** Whether what it needs is there. */
    public boolean isAvailable() {
        try {
            byte[] probe = new byte[64];
            return compress(probe, 0, probe.length, new byte[64], 0) > 0;
        } catch (LinkageError e) {
            return false; // its library is not on the class path
        }
    }

    static @Nullable Compression of(int flags) {
        for (Compression each : values()) {
            if ((flags & each.flag) != 0) {
                return each;
            }
        }
        return null;
    }
}
