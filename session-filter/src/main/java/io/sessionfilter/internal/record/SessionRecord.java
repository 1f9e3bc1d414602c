package io.sessionfilter.internal.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One state of a session, as it is stored: a header, and a {@link Segment} per attribute; or a tombstone, which says that the session has
 * ended. Immutable, and a thin view of its bytes: reading one allocates nothing per attribute.
 *
 * <p>Format 1, all numbers big-endian:
 *
 * <pre>
 *  0  magic "SF"             2
 *  2  format version         1
 *  3  flags                  1   1 encrypted (no release writes it yet), 2 tombstone
 *  4  checksum               4   CRC32C of everything else: one flipped flag would make a session a tombstone
 *  8  revision               8
 * 16  created, ms            8
 * 24  last commit, ms        8
 * 32  max inactive, s        4
 * 36  lineage length         1
 * 37  attribute count        3
 * 40  lineage                8 each, newest first; the first is the commit id
 *     attributes, in ascending order of their names' bytes: name length (2), name (UTF-8), segment
 *     (of the tombstone of a former key two, "movedTo": the new key in ASCII, and "revision": 8 bytes, that of the state under the new one)
 * </pre>
 */
public final class SessionRecord {
    /** How many commit ids a record remembers at most, while one commit follows the other. */
    public static final int MAX_LINEAGE = 64;

    /** How many a record remembers at least, of all that there were. */
    public static final int MIN_LINEAGE = 16;

    /** After such a pause nobody is left who could ask for an older one. */
    private static final long PAUSE_MILLIS = 20_000;

    private static final int MAGIC = 0x5346;
    private static final int VERSION = 1;
    private static final int FLAG_TOMBSTONE = 2;
    private static final int CHECKSUM = 4;
    private static final int AFTER_CHECKSUM = 8;
    private static final int HEADER_LENGTH = 40;
    private static final int MAX_NAME_LENGTH = 0xFFFF;
    private static final int MAX_ATTRIBUTES = 0xFFFFFF;

    /** The content of a session that was never stored: no attributes, and a header without meaning. */
    public static final SessionRecord NOTHING = new SessionRecord(new byte[HEADER_LENGTH], new int[0]);

    /** The attributes of a tombstone that names the new key: that, and the revision of the state that went there. */
    private static final String MOVED_TO = "movedTo";

    private static final String REVISION = "revision";

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{1,64}");

    private final byte[] bytes;
    private final int[] attributes;
    private final boolean hearsUnbinding;

    private SessionRecord(byte[] bytes, int[] attributes) {
        this.bytes = bytes;
        this.attributes = attributes;
        this.hearsUnbinding = Arrays.stream(attributes)
                .anyMatch(attribute -> Segment.hearsUnbinding(bytes, segment(bytes, attribute)));
    }

    /**
     * Reads a record.
     *
     * @param bytes kept, not copied: not to be changed any more
     * @throws RecordException if they are no record of a version that is known here, or damaged
     */
    public static SessionRecord parse(byte[] bytes) throws RecordException {
        if (bytes.length < HEADER_LENGTH || Ints.getUnsignedShort(bytes, 0) != MAGIC) {
            throw new RecordException("no session record: " + bytes.length + " bytes without its header");
        }
        if (bytes[2] != VERSION) {
            throw new RecordException("session record of format version " + (bytes[2] & 0xFF)
                    + ", but this version of session-filter reads only " + VERSION);
        }
        if ((bytes[3] & ~FLAG_TOMBSTONE) != 0) {
            throw new RecordException("session record with flags " + (bytes[3] & 0xFF)
                    + " which this version of session-filter does not know: encrypted, or damaged");
        }
        if (Ints.get(bytes, CHECKSUM) != checksum(bytes)) {
            throw new RecordException("session record of " + bytes.length + " bytes is damaged: its checksum differs");
        }
        return new SessionRecord(bytes, indexAttributes(bytes));
    }

    private static int[] indexAttributes(byte[] bytes) throws RecordException {
        int lineage = bytes[36] & 0xFF;
        int count = attributeCount(bytes);
        long position = HEADER_LENGTH + 8L * lineage;
        long least = (long) count * (2 + Segment.HEADER_LENGTH);
        if (lineage == 0 || lineage > MAX_LINEAGE || position + least > bytes.length) {
            throw new RecordException("session record of " + bytes.length + " bytes cannot hold the " + lineage
                    + " commit ids and " + count + " attributes that its header tells of");
        }
        int[] attributes = new int[count];
        for (int i = 0; i < count; i++) {
            attributes[i] = (int) position;
            position = endOfAttribute(bytes, (int) position, i);
            if (i > 0 && compareNames(bytes, attributes[i - 1], attributes[i]) >= 0) {
                throw new RecordException("session record whose attributes are not in order, at attribute " + i);
            }
        }
        if (position != bytes.length) {
            throw new RecordException(
                    "session record has " + (bytes.length - position) + " bytes after its last attribute");
        }
        return attributes;
    }

    private static int compareNames(byte[] bytes, int one, int other) {
        int oneEnd = one + 2 + Ints.getUnsignedShort(bytes, one);
        int otherEnd = other + 2 + Ints.getUnsignedShort(bytes, other);
        return Arrays.compareUnsigned(bytes, one + 2, oneEnd, bytes, other + 2, otherEnd);
    }

    private static long endOfAttribute(byte[] bytes, int position, int index) throws RecordException {
        if (bytes.length - position >= 2) {
            long segment = position + 2L + Ints.getUnsignedShort(bytes, position);
            if (segment + Segment.HEADER_LENGTH <= bytes.length) {
                int stored = Ints.get(bytes, (int) segment + 10);
                long end = segment + Segment.HEADER_LENGTH + stored;
                if (stored >= 0 && end <= bytes.length) {
                    return end;
                }
            }
        }
        throw new RecordException("session record of " + bytes.length + " bytes ends within attribute " + index);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECKSUM);
        crc.update(bytes, AFTER_CHECKSUM, bytes.length - AFTER_CHECKSUM);
        return (int) crc.getValue();
    }

    /** The first state of a session. */
    public static SessionRecord first(long revision, long commitId, long created, RecordContent content) {
        return NOTHING.write(0, revision, new long[] {commitId}, created, content);
    }

    /**
     * The state that follows this one.
     *
     * @param revision its revision
     * @param commitId of the commit that makes it
     * @param content what changes; attributes that are not mentioned are taken over byte for byte
     */
    public SessionRecord next(long revision, long commitId, RecordContent content) {
        boolean paused = content.lastCommit() - lastCommit() >= PAUSE_MILLIS;
        return write(0, revision, lineageAfter(commitId, paused ? MIN_LINEAGE : MAX_LINEAGE), created(), content);
    }

    private long[] lineageAfter(long commitId, int most) {
        long[] lineage = new long[Math.min(most, lineageLength() + 1)];
        lineage[0] = commitId;
        for (int i = 1; i < lineage.length; i++) {
            lineage[i] = lineage(i - 1);
        }
        return lineage;
    }

    /** The same state with a higher revision, as no commit but a repair makes it. */
    public SessionRecord raisedTo(long revision) {
        byte[] copy = bytes.clone();
        Ints.put(copy, 8, revision);
        Ints.put(copy, CHECKSUM, checksum(copy));
        return new SessionRecord(copy, attributes);
    }

    /** The record that says that the session has ended, and that keeps an old copy from coming back. */
    public static SessionRecord tombstone(long commitId, long now) {
        byte[] bytes = new byte[HEADER_LENGTH + 8];
        writeHeader(bytes, FLAG_TOMBSTONE, Long.MAX_VALUE, now, now, 0, new long[] {commitId}, 0);
        return new SessionRecord(bytes, new int[0]);
    }

    /**
     * The tombstone of a session's former key: it names the new one, and its lineage contains this state, of which the session under the new
     * key was made.
     */
    public SessionRecord movedTo(String newKey, long commitId, long now) {
        byte[] key = newKey.getBytes(StandardCharsets.UTF_8);
        byte[] value = new byte[Segment.HEADER_LENGTH + key.length];
        System.arraycopy(key, 0, value, Segment.HEADER_LENGTH, key.length);
        Segment segment = Segment.of((byte) 0, 0, false, value, Segment.HEADER_LENGTH, key.length);
        byte[] copied = new byte[Segment.HEADER_LENGTH + Long.BYTES];
        Ints.put(copied, Segment.HEADER_LENGTH, revision());
        Segment revision = Segment.of((byte) 0, 0, false, copied, Segment.HEADER_LENGTH, Long.BYTES);
        RecordContent content = new RecordContent(Map.of(MOVED_TO, segment, REVISION, revision), 0, now);
        return NOTHING.write(FLAG_TOMBSTONE, Long.MAX_VALUE, lineageAfter(commitId, MAX_LINEAGE), now, content);
    }

    /** The key under which the session goes on whose former key this is the tombstone of; {@code null}: it has ended. */
    public @Nullable String movedTo() {
        Segment segment = isTombstone() ? find(MOVED_TO) : null;
        if (segment == null) {
            return null;
        }
        String key = new String(segment.array(), segment.valueOffset(), segment.valueLength(), StandardCharsets.UTF_8);
        return KEY.matcher(key).matches() ? key : null;
    }

    /**
     * Of the tombstone of a former key: whether the session under the new key was made of a record, or of a later one than that.
     *
     * @param givenUp the ids of commits that need not have been taken along: what the record was before them counts
     */
    public boolean tookAlong(SessionRecord record, Set<Long> givenUp) {
        Segment moved = find(REVISION);
        return IntStream.range(0, record.lineageLength())
                        .mapToLong(record::lineage)
                        .filter(id -> !givenUp.contains(id))
                        .limit(1)
                        .allMatch(this::contains)
                || (moved != null
                        && moved.valueLength() == Long.BYTES
                        && record.revision() < Ints.getLong(moved.array(), moved.valueOffset()));
    }

    private SessionRecord write(int flags, long revision, long[] lineage, long created, RecordContent content) {
        NavigableMap<byte[], @Nullable Segment> changes = new TreeMap<>(Arrays::compareUnsigned);
        content.changes().forEach((name, segment) -> changes.put(encodeName(name), segment));
        boolean[] kept = new boolean[attributes.length];
        Arrays.fill(kept, true);
        long length = HEADER_LENGTH + 8L * lineage.length;
        int count = attributes.length;
        for (Map.Entry<byte[], @Nullable Segment> change : changes.entrySet()) {
            int old = indexOf(change.getKey());
            if (old >= 0) {
                kept[old] = false;
                count--;
            }
            Segment segment = change.getValue();
            if (segment != null) {
                length += 2L + change.getKey().length + segment.length();
                count++;
            }
        }
        for (int i = 0; i < kept.length; i++) {
            length += kept[i] ? end(i) - attributes[i] : 0;
        }
        if (length > Integer.MAX_VALUE - 8 || count > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException("a session of " + count + " attributes and " + length + " bytes");
        }

        changes.values().removeIf(Objects::isNull);
        AttributeWriter writer = new AttributeWriter((int) length, HEADER_LENGTH + 8 * lineage.length, count);
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                while (!changes.isEmpty() && compareName(i, changes.firstKey()) > 0) {
                    writer.write(changes.pollFirstEntry());
                }
                writer.copy(bytes, attributes[i], end(i) - attributes[i]);
            }
        }
        while (!changes.isEmpty()) {
            writer.write(changes.pollFirstEntry());
        }
        byte[] target = writer.bytes();
        writeHeader(
                target, flags, revision, created, content.lastCommit(), content.maxInactiveInterval(), lineage, count);
        return new SessionRecord(target, writer.index());
    }

    private static void writeHeader(
            byte[] bytes,
            int flags,
            long revision,
            long created,
            long lastCommit,
            int maxInactiveInterval,
            long[] lineage,
            int attributeCount) {
        Ints.putShort(bytes, 0, MAGIC);
        bytes[2] = VERSION;
        bytes[3] = (byte) flags;
        Ints.put(bytes, 8, revision);
        Ints.put(bytes, 16, created);
        Ints.put(bytes, 24, lastCommit);
        Ints.put(bytes, 32, maxInactiveInterval);
        Ints.put(bytes, 36, lineage.length << 24 | attributeCount);
        for (int i = 0; i < lineage.length; i++) {
            Ints.put(bytes, HEADER_LENGTH + 8 * i, lineage[i]);
        }
        Ints.put(bytes, CHECKSUM, checksum(bytes));
    }

    /** The record's bytes: not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Whether the session has ended. */
    public boolean isTombstone() {
        return (bytes[3] & FLAG_TOMBSTONE) != 0;
    }

    /** Counts the committed states of the session; never falls. */
    public long revision() {
        return Ints.getLong(bytes, 8);
    }

    /** When the session was created, in milliseconds since 1970. */
    public long created() {
        return Ints.getLong(bytes, 16);
    }

    /** When this state was committed, in milliseconds since 1970, by the clock of the app node that did. */
    public long lastCommit() {
        return Ints.getLong(bytes, 24);
    }

    /** The session's timeout in seconds; 0 and below: never. */
    public int maxInactiveInterval() {
        return Ints.get(bytes, 32);
    }

    /** Whether any {@link Segment#hearsUnbinding()}. */
    public boolean hearsUnbinding() {
        return hearsUnbinding;
    }

    /** Whether the commit is among the last that led here: {@value #MIN_LINEAGE} or more. */
    public boolean contains(long commitId) {
        for (int i = 0; i < lineageLength(); i++) {
            if (lineage(i) == commitId) {
                return true;
            }
        }
        return false;
    }

    /** Of the commit that made this state. */
    public long commitId() {
        return lineage(0);
    }

    /** Whether this state contains another one, as far as the commit ids that it remembers can tell: in doubt it does. */
    public boolean contains(SessionRecord other) {
        return contains(other.commitId()) || (lineageLength() >= MIN_LINEAGE && revision() > other.revision());
    }

    private int lineageLength() {
        return bytes[36] & 0xFF;
    }

    private long lineage(int index) {
        return Ints.getLong(bytes, HEADER_LENGTH + 8 * index);
    }

    /** How many attributes the session has. */
    public int attributeCount() {
        return attributes.length;
    }

    private static int attributeCount(byte[] bytes) {
        return Ints.get(bytes, 36) & 0xFFFFFF;
    }

    /** The names of all attributes. */
    public List<String> attributeNames() {
        List<String> names = new ArrayList<>(attributes.length);
        for (int start : attributes) {
            names.add(new String(bytes, start + 2, nameLength(start), StandardCharsets.UTF_8));
        }
        return names;
    }

    /** The stored value of an attribute, or {@code null} if the session has none of that name. */
    public @Nullable Segment find(String name) {
        if (attributes.length == 0) {
            return null;
        }
        int index = indexOf(name.getBytes(StandardCharsets.UTF_8));
        if (index < 0) {
            return null;
        }
        int start = segment(bytes, attributes[index]);
        return new Segment(bytes, start, end(index) - start);
    }

    /** The attribute of that name, or a negative number: the names are in ascending order. */
    private int indexOf(byte[] name) {
        int low = 0;
        int high = attributes.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compareName(middle, name);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private int compareName(int index, byte[] name) {
        int start = attributes[index] + 2;
        return Arrays.compareUnsigned(bytes, start, start + nameLength(attributes[index]), name, 0, name.length);
    }

    private int nameLength(int attribute) {
        return Ints.getUnsignedShort(bytes, attribute);
    }

    private static int segment(byte[] bytes, int attribute) {
        return attribute + 2 + Ints.getUnsignedShort(bytes, attribute);
    }

    private int end(int index) {
        return index + 1 < attributes.length ? attributes[index + 1] : bytes.length;
    }

    private static byte[] encodeName(String name) {
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        if (encoded.length > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("an attribute's name may have " + MAX_NAME_LENGTH
                    + " bytes at most, but one has " + encoded.length);
        }
        return encoded;
    }
}
