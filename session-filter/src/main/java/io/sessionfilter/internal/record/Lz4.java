package io.sessionfilter.internal.record;

import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/** All that needs the library of LZ4, which may be missing: a class of its own, since it is looked for as soon as the class is loaded. */
final class Lz4 {
    private Lz4() {}

    /** See {@link Compression#compress}. */
    static int compress(byte[] raw, int offset, int length, byte[] target, int targetOffset) {
        try {
            return LZ4Factory.safeInstance()
                    .fastCompressor()
                    .compress(raw, offset, length, target, targetOffset, target.length - targetOffset);
        } catch (LZ4Exception e) {
            return -1; // it does not fit
        }
    }

    /** See {@link Compression#decompress}. */
    static boolean decompress(byte[] compressed, int offset, int length, byte[] raw, int rawOffset) {
        try {
            return LZ4Factory.safeInstance().safeDecompressor().decompress(compressed, offset, length, raw, rawOffset)
                    == raw.length - rawOffset;
        } catch (LZ4Exception e) {
            return false;
        }
    }
}
