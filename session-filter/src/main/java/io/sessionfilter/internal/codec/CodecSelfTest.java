package io.sessionfilter.internal.codec;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Proves at start that a codec works in this JVM. There are serializers that fail on a newer JDK for every session, and say so only in
 * the log of each request.
 */
public final class CodecSelfTest {
    /** More than 65,535 characters are written in another way by many serializers. */
    private static final int LONG_TEXT = 70_000;

    private CodecSelfTest() {}

    /**
     * Writes and reads values of the kinds that sessions hold, and compares.
     *
     * @param codec the codec to try
     * @param maxBytes the most that it is configured to write for one value
     * @throws AttributeCodecException if any of them does not come back equal; the message says which kind, why, and what to do
     */
    public static void run(AttributeCodec codec, int maxBytes) throws AttributeCodecException {
        for (Map.Entry<String, Object> probe : probes(maxBytes).entrySet()) {
            Object read;
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                codec.encode(probe.getValue(), bytes);
                read = codec.decode(bytes.toByteArray(), 0, bytes.size());
            } catch (AttributeCodecException e) {
                throw new AttributeCodecException(failed(codec, probe.getKey(), String.valueOf(e.getMessage())), e);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                throw new AttributeCodecException(failed(codec, probe.getKey(), e.toString()), e);
            }
            if (!read.equals(probe.getValue())
                    || !read.getClass().equals(probe.getValue().getClass())) {
                throw new AttributeCodecException(
                        failed(codec, probe.getKey(), "what was read is not what was written"));
            }
        }
    }

    private static String failed(AttributeCodec codec, String kind, String why) {
        return "the codec \"" + codec.name() + "\" cannot be used in this JVM: its self-test failed for " + kind + ": "
                + why + ". Configure another codec (\"" + JavaCodec.NAME + "\" always works), or remove the cause";
    }

    private static Map<String, Object> probes(int maxBytes) {
        Map<String, Object> probes = new LinkedHashMap<>();
        probes.put("a short string", "留言 \u00e9 \ud83d\ude00");
        probes.put("a long string", "x".repeat(Math.min(LONG_TEXT, maxBytes / 4)));
        probes.put("an enum", Colour.GREEN);
        probes.put("a record", new Item("cup", new BigDecimal("12.50"), LocalDate.of(2024, 2, 29)));
        probes.put("a list", new ArrayList<>(Arrays.asList(1, 2L, null, "x")));
        probes.put("an immutable collection", List.of("a", "b", "c"));
        probes.put("a map of enums", new EnumMap<>(Map.of(Colour.RED, new TreeSet<>(List.of(3, 1, 2)))));
        probes.put("a bean with beans inside", new Bean("outer", new Bean("inner", null)));
        return probes;
    }

    private enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green, by a class of its own";
            }
        }
    }

    /**
     * A record's generated {@code equals} would do, but JDK 17 remembers the last record that was compared with one, and with it the class
     * loader of an application that is gone (JDK-8078641).
     */
    private record Item(String name, BigDecimal price, LocalDate day) implements Serializable {
        @Override
        public boolean equals(Object other) {
            return other instanceof Item item
                    && name.equals(item.name)
                    && price.equals(item.price)
                    && day.equals(item.day);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    private static final class Bean implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final List<Bean> parts = new ArrayList<>();

        Bean(String name, @Nullable Bean part) {
            this.name = name;
            if (part != null) {
                parts.add(part);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bean bean && name.equals(bean.name) && parts.equals(bean.parts);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }
}
