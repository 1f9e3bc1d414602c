package io.sessionfilter.simulation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** The few fields of a stored record that the simulation looks at, as the Javadoc of {@code SessionRecord} places them. */
final class StoredBytes {
    private static final int FLAGS = 3;
    private static final int CHECKSUM = 4;
    private static final int REVISION = 8;
    private static final int LINEAGE_LENGTH = 36;
    private static final int LINEAGE = 40;

    private StoredBytes() {}

    static boolean isTombstone(byte[] record) {
        return (record[FLAGS] & 2) != 0;
    }

    static long revision(byte[] record) {
        return ByteBuffer.wrap(record).getLong(REVISION);
    }

    private static int lineageLength(byte[] record) {
        return record[LINEAGE_LENGTH] & 0xFF;
    }

    /** The commit that made it. */
    static long commitId(byte[] record) {
        return ByteBuffer.wrap(record).getLong(LINEAGE);
    }

    /** Whether the commit that made it is among those that it is built upon. */
    static boolean isAppliedTwice(byte[] record) {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        for (int i = 1; i < lineageLength(record); i++) {
            if (bytes.getLong(LINEAGE + 8 * i) == commitId(record)) {
                return true;
            }
        }
        return false;
    }

    /** The same record, which claims to have come from nowhere. */
    static byte[] withoutLineage(byte[] record) {
        byte[] changed = record.clone();
        Arrays.fill(changed, LINEAGE, LINEAGE + 8 * lineageLength(record), (byte) 0);
        CRC32C checksum = new CRC32C();
        checksum.update(changed, 0, CHECKSUM);
        checksum.update(changed, REVISION, changed.length - REVISION);
        ByteBuffer.wrap(changed).putInt(CHECKSUM, (int) checksum.getValue());
        return changed;
    }

    static String describe(byte[] record, long stamp) {
        return describe(record) + "/" + Long.toHexString(stamp);
    }

    static String describe(byte[] record) {
        if (isTombstone(record)) {
            return "tombstone";
        }
        long revision = revision(record);
        return "r" + (revision >>> 32) + "." + (revision & 0xFFFFFFFFL) + "/c"
                + Long.toHexString(commitId(record) >>> 48);
    }
}
