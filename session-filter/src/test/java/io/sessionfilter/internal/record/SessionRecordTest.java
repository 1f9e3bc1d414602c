package io.sessionfilter.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionRecordTest {
    private static final int TIMEOUT = 1800;
    private static final long LAST_COMMIT = 2000;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void aRecordReadsBackAsItWasWritten() throws Exception {
        SessionRecord written = SessionRecord.first(1, 77, 1000, content(Map.of("cart", segment("apples"))));

        SessionRecord read = SessionRecord.parse(written.bytes());

        assertThat(read.revision()).isEqualTo(1);
        assertThat(read.contains(77)).isTrue();
        assertThat(read.created()).isEqualTo(1000);
        assertThat(read.lastCommit()).isEqualTo(2000);
        assertThat(read.maxInactiveInterval()).isEqualTo(TIMEOUT);
        assertThat(read.isTombstone()).isFalse();
        assertThat(text(read, "cart")).isEqualTo("apples");
        assertThat(read.find("car")).isNull();
        assertThat(read.find("cart2")).isNull();
    }

    @Test
    void anySequenceOfCommitsLeavesWhatTheLastOfEachAttributeSaid() throws Exception {
        SessionRecord record = SessionRecord.first(1, 0, 1, content(Map.of()));
        Map<String, String> expected = new TreeMap<>();
        for (int revision = 2; revision < 300; revision++) {
            Map<String, @Nullable Segment> changes = new HashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                String name = "näme" + random.nextInt(30);
                if (random.nextInt(3) == 0) {
                    changes.put(name, null);
                    expected.remove(name);
                } else {
                    String value = "v".repeat(random.nextInt(50)) + revision;
                    changes.put(name, segment(value));
                    expected.put(name, value);
                }
            }
            record = SessionRecord.parse(
                    record.next(revision, revision, content(changes)).bytes());

            Map<String, String> actual = new TreeMap<>();
            for (String name : record.attributeNames()) {
                actual.put(name, text(record, name));
            }
            assertThat(actual).as("seed %d, revision %d", seed, revision).isEqualTo(expected);
            assertThat(record.attributeCount()).isEqualTo(expected.size());
        }
    }

    @Test
    void unchangedSegmentsAreTakenOverByteForByte() {
        SessionRecord first = SessionRecord.first(1, 1, 1, content(Map.of("a", segment("one"), "b", segment("two"))));

        SessionRecord next = first.next(2, 2, content(Map.of("b", segment("three"))));

        assertThat(found(next, "a").sameAs(found(first, "a"))).isTrue();
        assertThat(found(next, "b").sameAs(found(first, "b"))).isFalse();
    }

    @Test
    void theLineageHoldsTheLastSixtyFourCommits() {
        assertThat(oldestContained(afterCommits(100, LAST_COMMIT))).isEqualTo(37);
    }

    @Test
    void afterAPauseTheLineageIsCutToSixteenCommits() {
        SessionRecord record = afterCommits(30, LAST_COMMIT);
        assertThat(oldestContained(record)).isEqualTo(1);

        SessionRecord later = record.next(31, 31, content(Map.of(), LAST_COMMIT + 20_000));

        assertThat(oldestContained(later)).isEqualTo(16);
    }

    private static SessionRecord afterCommits(int commits, long lastCommit) {
        SessionRecord record = SessionRecord.first(1, 1, 1, content(Map.of(), lastCommit));
        for (int id = 2; id <= commits; id++) {
            record = record.next(id, id, content(Map.of(), lastCommit));
        }
        return record;
    }

    /** The number of the oldest commit that the record remembers, and with it all that came after. */
    private static long oldestContained(SessionRecord record) {
        long oldest = record.commitId();
        while (record.contains(oldest - 1)) {
            oldest--;
        }
        return oldest;
    }

    @Test
    void aTombstoneIsNewerThanAnyRecordAndHasNoAttributes() throws Exception {
        SessionRecord tombstone =
                SessionRecord.parse(SessionRecord.tombstone(5, 1000).bytes());

        assertThat(tombstone.isTombstone()).isTrue();
        assertThat(tombstone.revision()).isEqualTo(Long.MAX_VALUE);
        assertThat(tombstone.attributeNames()).isEmpty();
    }

    @Test
    void theTombstoneOfAFormerKeyNamesTheNewOneAndContainsWhatWasCopied() throws Exception {
        SessionRecord copied = SessionRecord.first(7, 1, 1000, new RecordContent(Map.of(), 60, 1000));

        SessionRecord tombstone =
                SessionRecord.parse(copied.movedTo("Zk3", 2, 2000).bytes());

        assertThat(tombstone.isTombstone()).isTrue();
        assertThat(tombstone.revision()).isEqualTo(Long.MAX_VALUE);
        assertThat(tombstone.movedTo()).isEqualTo("Zk3");
        RecordContent content = new RecordContent(Map.of(), 60, 1000);
        assertThat(tombstone.tookAlong(copied, Set.of())).isTrue();
        assertThat(tombstone.tookAlong(SessionRecord.first(6, 98, 1000, content), Set.of()))
                .as("an older one")
                .isTrue();
        assertThat(tombstone.tookAlong(SessionRecord.first(7, 99, 1000, content), Set.of()))
                .as("a rival")
                .isFalse();
        SessionRecord later = copied.next(8, 3, content);
        assertThat(tombstone.tookAlong(later, Set.of())).as("a later one").isFalse();
        assertThat(tombstone.tookAlong(later, Set.of(3L)))
                .as("a later one that is given up")
                .isTrue();
        assertThat(tombstone.tookAlong(later.next(9, 4, content), Set.of(4L)))
                .as("one that is given up, on top of a later one")
                .isFalse();
        assertThat(tombstone.contains(copied.commitId())).isTrue();
        assertThat(copied.movedTo()).isNull();
        assertThat(SessionRecord.tombstone(3, 1000).movedTo()).isNull();
    }

    @Test
    void whatIsNoSessionKeyIsNotFollowed() {
        SessionRecord copied = SessionRecord.first(7, 1, 1000, new RecordContent(Map.of(), 60, 1000));

        assertThat(copied.movedTo("a key\r\nmn", 2, 2000).movedTo()).isNull();
        assertThat(copied.movedTo("a".repeat(65), 2, 2000).movedTo()).isNull();
    }

    /** Bytes that are in somebody's memcached must stay readable. */
    @Test
    void aRecordOfFormatVersionOneStaysReadable() throws Exception {
        byte[] stored = HexFormat.of()
                .parseHex("53460100da2e2e850000000000000001000000000000000100000000000007d000000708"
                        + "01000001000000000000000700046361727401000000000000000006000000066170706c" + "6573");

        SessionRecord read = SessionRecord.parse(stored);

        assertThat(text(read, "cart")).isEqualTo("apples");
        assertThat(read.contains(7)).isTrue();
    }

    @Test
    void everyDamageIsNoticed() {
        byte[] good = SessionRecord.first(
                        1, 1, 1, content(Map.of("a", segment("one"), "b", segment("two"), "c", segment("three"))))
                .bytes();

        for (int i = 0; i < good.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = good.clone();
                flipped[i] ^= (byte) (1 << bit);
                assertThatThrownBy(() -> SessionRecord.parse(flipped))
                        .as("bit %d of byte %d flipped", bit, i)
                        .isInstanceOf(RecordException.class);
            }
            byte[] truncated = Arrays.copyOf(good, i);
            assertThatThrownBy(() -> SessionRecord.parse(truncated))
                    .as("truncated to %d bytes", i)
                    .isInstanceOf(RecordException.class);
        }
    }

    @Test
    void forgedRecordsWithARightChecksumNeitherCrashNorAllocateByTheirOwnWord() {
        for (int i = 0; i < 20_000; i++) {
            byte[] forged = SessionRecord.first(1, 1, 1, content(Map.of("a", segment("one"), "b", segment("two"))))
                    .bytes();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                forged[32 + random.nextInt(forged.length - 32)] = (byte) random.nextInt(256);
            }
            writeChecksum(forged);

            try {
                SessionRecord read = SessionRecord.parse(forged);
                read.attributeNames().forEach(read::find);
            } catch (RecordException e) {
                assertThat(e).hasMessageContaining("session record");
            }
        }
    }

    @Test
    void anotherFormatVersionIsNamedAsSuch() {
        byte[] future = SessionRecord.first(1, 1, 1, content(Map.of())).bytes();
        future[2] = 9;

        assertThatThrownBy(() -> SessionRecord.parse(future))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("format version 9");
    }

    private static void writeChecksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, 4);
        crc.update(bytes, 8, bytes.length - 8);
        Ints.put(bytes, 4, (int) crc.getValue());
    }

    private static RecordContent content(Map<String, @Nullable Segment> changes) {
        return content(changes, LAST_COMMIT);
    }

    private static RecordContent content(Map<String, @Nullable Segment> changes, long lastCommit) {
        return new RecordContent(new LinkedHashMap<>(changes), TIMEOUT, lastCommit);
    }

    private static Segment segment(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        byte[] buffer = new byte[Segment.headerLength() + encoded.length];
        System.arraycopy(encoded, 0, buffer, Segment.headerLength(), encoded.length);
        return Segment.of((byte) 1, 0, false, buffer, Segment.headerLength(), encoded.length);
    }

    private static Segment found(SessionRecord record, String name) {
        Segment segment = record.find(name);
        assertThat(segment).as("attribute %s", name).isNotNull();
        return segment;
    }

    private static String text(SessionRecord record, String name) {
        Segment segment = found(record, name);
        return new String(segment.array(), segment.valueOffset(), segment.valueLength(), StandardCharsets.UTF_8);
    }
}
