package io.sessionfilter.testkit.codec;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Values such as sessions hold, the same ones for the same seed. */
@SuppressWarnings("JavaUtilDate") // applications have them in their sessions
public final class RandomValues {
    private final Random random;

    public RandomValues(long seed) {
        random = new Random(seed);
    }

    public Object next() {
        return value(4);
    }

    private Object value(int depth) {
        return depth > 0 && random.nextInt(3) > 0 ? compound(depth - 1) : simple();
    }

    private Object simple() {
        return switch (random.nextInt(15)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong();
            case 2 -> random.nextBoolean();
            case 3 -> Double.longBitsToDouble(random.nextLong());
            case 4 -> Float.intBitsToFloat(random.nextInt());
            case 5 -> (short) random.nextInt();
            case 6 -> (byte) random.nextInt();
            case 7 -> (char) random.nextInt();
            case 8 -> new UUID(random.nextLong(), random.nextLong());
            case 9 -> new Date(random.nextLong());
            case 10 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case 11 -> LocalDate.ofEpochDay(random.nextInt(100_000));
            case 12 -> new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(20));
            case 13 -> random.nextBoolean() ? TimeUnit.DAYS : TimeUnit.HOURS;
            default -> text();
        };
    }

    private Object compound(int depth) {
        int size = random.nextInt(8);
        return switch (random.nextInt(7)) {
            case 0 -> new Bean(text(), value(depth));
            case 1 -> List.copyOf(values(size, depth));
            case 2 -> new LinkedHashSet<>(values(size, depth));
            case 3 -> fill(new HashMap<>(), size, depth);
            case 4 -> fill(new TreeMap<>(), size, depth);
            case 5 -> new EnumMap<>(Map.of(TimeUnit.DAYS, value(depth)));
            default -> Arrays.asList(values(size, depth).toArray());
        };
    }

    private Map<String, Object> fill(Map<String, Object> map, int size, int depth) {
        values(size, depth).forEach(each -> map.put(text(), each));
        return map;
    }

    private List<Object> values(int size, int depth) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(value(depth));
        }
        return values;
    }

    private String text() {
        int range = random.nextBoolean() ? 128 : random.nextBoolean() ? 256 : 65_536;
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 5_000 : 20); i > 0; i--) {
            text.append((char) random.nextInt(range));
        }
        return text.toString();
    }

    public record Bean(String name, Object content) implements Serializable {}
}
