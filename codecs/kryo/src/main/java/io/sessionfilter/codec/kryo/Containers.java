package io.sessionfilter.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Arrays, collections and maps of the JDK. None is made larger than what has been read of it. */
final class Containers {
    private Containers() {}

    /** An array of objects, primitive arrays within. */
    static final class ObjectArray extends Serializer<Object[]> {
        @Override
        public void write(Kryo kryo, Output output, Object[] array) {
            output.writeVarInt(array.length, true);
            for (Object element : array) {
                kryo.writeClassAndObject(output, element);
            }
        }

        @Override
        public Object[] read(Kryo kryo, Input input, Class<? extends Object[]> type) {
            Object[] array = (Object[]) Array.newInstance(type.getComponentType(), ((BoundedInput) input).readCount());
            kryo.reference(array);
            for (int i = 0; i < array.length; i++) {
                array[i] = kryo.readClassAndObject(input);
            }
            return array;
        }
    }

    /** A collection that is empty at first. */
    static final class Growing extends Serializer<Collection<@Nullable Object>> {
        private final Supplier<? extends Collection<@Nullable Object>> empty;

        Growing(Supplier<? extends Collection<@Nullable Object>> empty) {
            this.empty = empty;
        }

        @Override
        public void write(Kryo kryo, Output output, Collection<@Nullable Object> collection) {
            writeElements(kryo, output, collection);
        }

        @Override
        public Collection<@Nullable Object> read(
                Kryo kryo, Input input, Class<? extends Collection<@Nullable Object>> type) {
            Collection<@Nullable Object> collection = empty.get();
            kryo.reference(collection);
            readElements(kryo, input, collection);
            return collection;
        }
    }

    /** A sorted set, with its comparator. */
    static final class Sorted extends Serializer<SortedSet<Object>> {
        @Override
        public void write(Kryo kryo, Output output, SortedSet<Object> set) {
            kryo.writeClassAndObject(output, set.comparator());
            writeElements(kryo, output, set);
        }

        @Override
        @SuppressWarnings("unchecked") // what is no comparator fails here or with the first element
        public SortedSet<Object> read(Kryo kryo, Input input, Class<? extends SortedSet<Object>> type) {
            SortedSet<Object> set = new TreeSet<>((Comparator<Object>) kryo.readClassAndObject(input));
            kryo.reference(set);
            readElements(kryo, input, set);
            return set;
        }
    }

    /** A collection that is made of its elements. One that contains itself cannot be made so, and none of these can. */
    static final class Finished extends Serializer<Collection<@Nullable Object>> {
        private final Function<List<@Nullable Object>, ? extends Collection<@Nullable Object>> make;

        Finished(Function<List<@Nullable Object>, ? extends Collection<@Nullable Object>> make) {
            super(false, true);
            this.make = make;
        }

        @Override
        public void write(Kryo kryo, Output output, Collection<@Nullable Object> collection) {
            writeElements(kryo, output, collection);
        }

        @Override
        public Collection<@Nullable Object> read(
                Kryo kryo, Input input, Class<? extends Collection<@Nullable Object>> type) {
            List<@Nullable Object> elements = new ArrayList<>();
            readElements(kryo, input, elements);
            return make.apply(elements);
        }
    }

    /** {@code List.of} and {@code Stream.toList}, which are of one class but differ by whether they take {@code null}. */
    static final class ImmutableList extends Serializer<List<@Nullable Object>> {
        ImmutableList() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, List<@Nullable Object> list) {
            output.writeBoolean(takesNull(list));
            writeElements(kryo, output, list);
        }

        private static boolean takesNull(List<@Nullable Object> list) {
            try {
                return list.contains(null) || !list.contains(null);
            } catch (NullPointerException e) {
                return false; // as List.of answers
            }
        }

        @Override
        public List<@Nullable Object> read(Kryo kryo, Input input, Class<? extends List<@Nullable Object>> type) {
            boolean takesNull = input.readBoolean();
            List<@Nullable Object> elements = new ArrayList<>();
            readElements(kryo, input, elements);
            return takesNull ? elements.stream().toList() : List.copyOf(elements);
        }
    }

    /** {@code Arrays.asList}: its array is what can be changed of it. */
    static final class ArrayAsList extends Serializer<List<@Nullable Object>> {
        @Override
        public void write(Kryo kryo, Output output, List<@Nullable Object> list) {
            kryo.writeClassAndObject(output, list.toArray());
        }

        @Override
        public List<@Nullable Object> read(Kryo kryo, Input input, Class<? extends List<@Nullable Object>> type) {
            return Arrays.asList((@Nullable Object[]) kryo.readClassAndObject(input));
        }
    }

    /** A map that is empty at first. */
    static final class GrowingMap extends Serializer<Map<@Nullable Object, @Nullable Object>> {
        private final Supplier<? extends Map<@Nullable Object, @Nullable Object>> empty;

        GrowingMap(Supplier<? extends Map<@Nullable Object, @Nullable Object>> empty) {
            this.empty = empty;
        }

        @Override
        public void write(Kryo kryo, Output output, Map<@Nullable Object, @Nullable Object> map) {
            writeEntries(kryo, output, map);
        }

        @Override
        public Map<@Nullable Object, @Nullable Object> read(
                Kryo kryo, Input input, Class<? extends Map<@Nullable Object, @Nullable Object>> type) {
            Map<@Nullable Object, @Nullable Object> map = empty.get();
            kryo.reference(map);
            readEntries(kryo, input, map);
            return map;
        }
    }

    /** A sorted map, with its comparator. */
    static final class SortedByKey extends Serializer<SortedMap<@Nullable Object, @Nullable Object>> {
        @Override
        public void write(Kryo kryo, Output output, SortedMap<@Nullable Object, @Nullable Object> map) {
            kryo.writeClassAndObject(output, map.comparator());
            writeEntries(kryo, output, map);
        }

        @Override
        @SuppressWarnings("unchecked") // what is no comparator fails here or with the first entry
        public SortedMap<@Nullable Object, @Nullable Object> read(
                Kryo kryo, Input input, Class<? extends SortedMap<@Nullable Object, @Nullable Object>> type) {
            SortedMap<@Nullable Object, @Nullable Object> map =
                    new TreeMap<>((Comparator<Object>) kryo.readClassAndObject(input));
            kryo.reference(map);
            readEntries(kryo, input, map);
            return map;
        }
    }

    /** {@code Map.of}. */
    static final class ImmutableMap extends Serializer<Map<Object, Object>> {
        ImmutableMap() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, Map<Object, Object> map) {
            writeEntries(kryo, output, map);
        }

        @Override
        public Map<Object, Object> read(Kryo kryo, Input input, Class<? extends Map<Object, Object>> type) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            readEntries(kryo, input, entries);
            return Map.copyOf(entries);
        }
    }

    private static void writeElements(Kryo kryo, Output output, Collection<?> elements) {
        output.writeVarInt(elements.size(), true);
        for (Object element : elements) {
            kryo.writeClassAndObject(output, element);
        }
    }

    private static void readElements(Kryo kryo, Input input, Collection<? super @Nullable Object> elements) {
        for (int left = ((BoundedInput) input).readCount(); left > 0; left--) {
            elements.add(kryo.readClassAndObject(input));
        }
    }

    private static void writeEntries(Kryo kryo, Output output, Map<?, ?> map) {
        output.writeVarInt(map.size(), true);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            kryo.writeClassAndObject(output, entry.getKey());
            kryo.writeClassAndObject(output, entry.getValue());
        }
    }

    private static void readEntries(
            Kryo kryo, Input input, Map<? super @Nullable Object, ? super @Nullable Object> map) {
        for (int left = ((BoundedInput) input).readCount(); left > 0; left--) {
            Object key = kryo.readClassAndObject(input);
            map.put(key, kryo.readClassAndObject(input));
        }
    }
}
