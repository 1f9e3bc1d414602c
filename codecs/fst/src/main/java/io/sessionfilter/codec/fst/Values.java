package io.sessionfilter.codec.fst;

import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Values of the JDK that hold no other objects, and arrays of primitives. */
@SuppressWarnings("JavaUtilDate") // applications have it
final class Values {
    private Values() {}

    static void addAllTo(Parts parts) {
        parts.add(Byte.class, Values.<Byte>box((out, each) -> out.writeByte(each), GraphReader::readByte));
        parts.add(Short.class, Values.<Short>box((out, each) -> out.writeShort(each), GraphReader::readShort));
        parts.add(Character.class, Values.<Character>box((out, each) -> out.writeChar(each), GraphReader::readChar));
        parts.add(Float.class, Values.<Float>box(GraphWriter::writeFloat, GraphReader::readFloat));
        parts.add(Double.class, Values.<Double>box(GraphWriter::writeDouble, GraphReader::readDouble));
        for (Class<?> type : List.of(
                byte[].class,
                short[].class,
                char[].class,
                int[].class,
                long[].class,
                float[].class,
                double[].class,
                boolean[].class)) {
            parts.add(type, new PrimitiveArray(type.getComponentType()));
        }
        parts.add(
                BigInteger.class,
                Values.<BigInteger>value(
                        (out, each) -> writeBytes(out, each.toByteArray()), in -> new BigInteger(readBytes(in))));
        parts.add(
                BigDecimal.class,
                Values.<BigDecimal>value(
                        (out, each) -> {
                            out.writeInt(each.scale());
                            writeBytes(out, each.unscaledValue().toByteArray());
                        },
                        in -> {
                            int scale = in.readInt();
                            return new BigDecimal(new BigInteger(readBytes(in)), scale);
                        }));
        parts.add(UUID.class, Values.<UUID>value(Values::writeId, in -> new UUID(in.readLong(), in.readLong())));
        parts.add(
                URI.class,
                Values.<URI>value(
                        (out, each) -> out.writeStringUTF(each.toString()), in -> URI.create(in.readStringUTF())));
        parts.add(
                Date.class,
                Values.<Date>value((out, each) -> out.writeLong(each.getTime()), in -> new Date(in.readLong())));
        parts.add(
                Instant.class,
                Values.<Instant>value(Values::writeInstant, in -> Instant.ofEpochSecond(in.readLong(), in.readInt())));
        parts.add(
                Duration.class,
                Values.<Duration>value(Values::writeDuration, in -> Duration.ofSeconds(in.readLong(), in.readInt())));
        parts.add(LocalDate.class, Values.<LocalDate>value(Values::writeDate, Values::readDate));
        parts.add(LocalTime.class, Values.<LocalTime>value(Values::writeTime, Values::readTime));
        parts.add(
                LocalDateTime.class,
                Values.<LocalDateTime>value(
                        (out, each) -> {
                            writeDate(out, each.toLocalDate());
                            writeTime(out, each.toLocalTime());
                        },
                        in -> LocalDateTime.of(readDate(in), readTime(in))));
    }

    private interface Writer<T> {
        void write(GraphWriter out, T value) throws IOException;
    }

    private interface Reader<T> {
        T read(GraphReader in) throws IOException;
    }

    /** One that is as small as a reference to it would be. */
    private static <T> Part<T> box(Writer<T> writer, Reader<T> reader) {
        return new Simple<>(writer, reader, false);
    }

    private static <T> Part<T> value(Writer<T> writer, Reader<T> reader) {
        return new Simple<>(writer, reader, true);
    }

    private record Simple<T>(Writer<T> writer, Reader<T> reader, boolean isShared) implements Part<T> {
        @Override
        public void write(GraphWriter out, T value) throws IOException {
            writer.write(out, value);
        }

        @Override
        public T read(GraphReader in, int position) throws IOException {
            return reader.read(in);
        }
    }

    private record PrimitiveArray(Class<?> element) implements Part<Object> {
        @Override
        public void write(GraphWriter out, Object array) throws IOException {
            int length = Array.getLength(array);
            out.writeInt(length);
            out.getCodec().writePrimitiveArray(array, 0, length);
        }

        @Override
        public Object read(GraphReader in, int position) throws IOException {
            int length = in.bytes().readLength(bytesAtLeast());
            return in.bytes().readFPrimitiveArray(Array.newInstance(element, length), element, length);
        }

        /** FST packs {@code short} and {@code char}. */
        private int bytesAtLeast() {
            return switch (element.getName()) {
                case "long", "double" -> Long.BYTES;
                case "int", "float" -> Integer.BYTES;
                default -> 1;
            };
        }
    }

    private static void writeBytes(GraphWriter out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(GraphReader in) throws IOException {
        byte[] bytes = new byte[in.bytes().readLength(1)];
        in.readFully(bytes);
        return bytes;
    }

    private static void writeId(GraphWriter out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static void writeInstant(GraphWriter out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static void writeDuration(GraphWriter out, Duration duration) throws IOException {
        out.writeLong(duration.getSeconds());
        out.writeInt(duration.getNano());
    }

    private static void writeDate(GraphWriter out, LocalDate date) throws IOException {
        out.writeLong(date.toEpochDay());
    }

    private static LocalDate readDate(GraphReader in) throws IOException {
        return LocalDate.ofEpochDay(in.readLong());
    }

    private static void writeTime(GraphWriter out, LocalTime time) throws IOException {
        out.writeLong(time.toNanoOfDay());
    }

    private static LocalTime readTime(GraphReader in) throws IOException {
        return LocalTime.ofNanoOfDay(in.readLong());
    }
}
