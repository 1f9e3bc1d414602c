package io.sessionfilter.codec.fst;

import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Arrays, collections and maps of the JDK. None is made larger than what has been read of it. */
@SuppressWarnings({"unchecked", "JdkObsolete"
}) // of what is read, the types are asked where it is used; applications have all these
final class Containers {
    private Containers() {}

    static void addAllTo(Parts parts) {
        parts.add(ArrayList.class, new Growing(ArrayList::new));
        parts.add(LinkedList.class, new Growing(LinkedList::new));
        parts.add(HashSet.class, new Growing(HashSet::new));
        parts.add(LinkedHashSet.class, new Growing(LinkedHashSet::new));
        parts.add(TreeSet.class, new Sorted());
        parts.add(HashMap.class, new GrowingMap(HashMap::new));
        parts.add(LinkedHashMap.class, new GrowingMap(LinkedHashMap::new));
        parts.add(ConcurrentHashMap.class, new GrowingMap(ConcurrentHashMap::new));
        parts.add(TreeMap.class, new SortedByKey());
        parts.add(Arrays.asList().getClass(), new ArrayAsList());
        parts.add(List.of(1).getClass(), new ImmutableList());
        parts.add(List.of().getClass(), new ImmutableList());
        parts.add(Set.of(1).getClass(), new Finished(elements -> Set.copyOf(elements)));
        parts.add(Set.of().getClass(), new Finished(elements -> Set.copyOf(elements)));
        parts.add(Collections.singletonList(1).getClass(), new Finished(all -> Collections.singletonList(all.get(0))));
        parts.add(Collections.singleton(1).getClass(), new Finished(all -> Collections.singleton(all.get(0))));
        parts.add(Collections.emptyList().getClass(), new Finished(none -> Collections.emptyList()));
        parts.add(Collections.emptySet().getClass(), new Finished(none -> Collections.emptySet()));
        parts.add(Map.of(1, 1).getClass(), new FinishedMap(entries -> Map.copyOf(entries)));
        parts.add(Map.of().getClass(), new FinishedMap(entries -> Map.copyOf(entries)));
        parts.add(Collections.singletonMap(1, 1).getClass(), new FinishedMap(Containers::singletonMap));
        parts.add(Collections.emptyMap().getClass(), new FinishedMap(none -> Collections.emptyMap()));
        parts.add(Optional.class, new Maybe());
    }

    private static Map<@Nullable Object, @Nullable Object> singletonMap(Map<@Nullable Object, @Nullable Object> map) {
        Map.Entry<@Nullable Object, @Nullable Object> entry =
                map.entrySet().iterator().next();
        return Collections.singletonMap(entry.getKey(), entry.getValue());
    }

    /** An array of objects, arrays within. */
    static final class ObjectArray implements Part<Object[]> {
        @Override
        public void write(GraphWriter out, Object[] array) throws IOException {
            out.writeClassTag(array.getClass());
            writeElements(out, Arrays.asList(array));
        }

        @Override
        public Object[] read(GraphReader in, int position) throws Exception {
            Class<?> element = in.readClass().getClazz().getComponentType();
            int length = in.bytes().readCount();
            Object[] array = in.register((Object[]) Array.newInstance(element, length), position);
            for (int i = 0; i < length; i++) {
                array[i] = in.readElement();
            }
            return array;
        }
    }

    /** A collection that is empty at first. */
    private record Growing(Supplier<? extends Collection<@Nullable Object>> empty) implements Part<Collection<?>> {
        @Override
        public void write(GraphWriter out, Collection<?> collection) throws IOException {
            writeElements(out, collection);
        }

        @Override
        public Collection<?> read(GraphReader in, int position) throws Exception {
            Collection<@Nullable Object> collection = in.register(empty.get(), position);
            readElements(in, collection);
            return collection;
        }
    }

    /** A sorted set, with its comparator. */
    private record Sorted() implements Part<SortedSet<?>> {
        @Override
        public void write(GraphWriter out, SortedSet<?> set) throws IOException {
            out.writeElement(set.comparator());
            writeElements(out, set);
        }

        @Override
        public SortedSet<?> read(GraphReader in, int position) throws Exception {
            SortedSet<@Nullable Object> set =
                    in.register(new TreeSet<>((Comparator<@Nullable Object>) in.readElement()), position);
            readElements(in, set);
            return set;
        }
    }

    /** A collection that is made of its elements. */
    private record Finished(Function<List<@Nullable Object>, ? extends Collection<?>> make)
            implements Part<Collection<?>> {
        @Override
        public void write(GraphWriter out, Collection<?> collection) throws IOException {
            writeElements(out, collection);
        }

        @Override
        public Collection<?> read(GraphReader in, int position) throws Exception {
            List<@Nullable Object> elements = new ArrayList<>();
            readElements(in, elements);
            return make.apply(elements);
        }

        @Override
        public boolean isMadeLast() {
            return true;
        }
    }

    /** {@code List.of} and {@code Stream.toList}, which are of one class but differ by whether they take {@code null}. */
    private record ImmutableList() implements Part<List<?>> {
        @Override
        public void write(GraphWriter out, List<?> list) throws IOException {
            out.writeBoolean(takesNull(list));
            writeElements(out, list);
        }

        private static boolean takesNull(List<?> list) {
            try {
                return list.contains(null) || !list.contains(null);
            } catch (NullPointerException e) {
                return false; // as List.of answers
            }
        }

        @Override
        public List<?> read(GraphReader in, int position) throws Exception {
            boolean takesNull = in.readBoolean();
            List<@Nullable Object> elements = new ArrayList<>();
            readElements(in, elements);
            return takesNull ? elements.stream().toList() : List.copyOf(elements);
        }

        @Override
        public boolean isMadeLast() {
            return true;
        }
    }

    /** {@code Arrays.asList}. */
    private record ArrayAsList() implements Part<List<?>> {
        @Override
        public void write(GraphWriter out, List<?> list) throws IOException {
            writeElements(out, list);
        }

        @Override
        public List<?> read(GraphReader in, int position) throws Exception {
            @Nullable Object[] elements = new @Nullable Object[in.bytes().readCount()];
            List<@Nullable Object> list = in.register(Arrays.asList(elements), position);
            for (int i = 0; i < elements.length; i++) {
                elements[i] = in.readElement();
            }
            return list;
        }
    }

    /** A map that is empty at first. */
    private record GrowingMap(Supplier<? extends Map<@Nullable Object, @Nullable Object>> empty)
            implements Part<Map<?, ?>> {
        @Override
        public void write(GraphWriter out, Map<?, ?> map) throws IOException {
            writeEntries(out, map);
        }

        @Override
        public Map<?, ?> read(GraphReader in, int position) throws Exception {
            Map<@Nullable Object, @Nullable Object> map = in.register(empty.get(), position);
            readEntries(in, map);
            return map;
        }
    }

    /** A sorted map, with its comparator. */
    private record SortedByKey() implements Part<SortedMap<?, ?>> {
        @Override
        public void write(GraphWriter out, SortedMap<?, ?> map) throws IOException {
            out.writeElement(map.comparator());
            writeEntries(out, map);
        }

        @Override
        public SortedMap<?, ?> read(GraphReader in, int position) throws Exception {
            SortedMap<@Nullable Object, @Nullable Object> map =
                    in.register(new TreeMap<>((Comparator<@Nullable Object>) in.readElement()), position);
            readEntries(in, map);
            return map;
        }
    }

    /** A map that is made of its entries. */
    private record FinishedMap(Function<Map<@Nullable Object, @Nullable Object>, ? extends Map<?, ?>> make)
            implements Part<Map<?, ?>> {
        @Override
        public void write(GraphWriter out, Map<?, ?> map) throws IOException {
            writeEntries(out, map);
        }

        @Override
        public Map<?, ?> read(GraphReader in, int position) throws Exception {
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            readEntries(in, entries);
            return make.apply(entries);
        }

        @Override
        public boolean isMadeLast() {
            return true;
        }
    }

    /** {@code Optional}. */
    private record Maybe() implements Part<Optional<?>> {
        @Override
        public void write(GraphWriter out, Optional<?> value) throws IOException {
            out.writeElement(value.orElse(null));
        }

        @Override
        public Optional<?> read(GraphReader in, int position) throws Exception {
            return Optional.ofNullable(in.readElement());
        }

        @Override
        public boolean isMadeLast() {
            return true;
        }
    }

    private static void writeElements(GraphWriter out, Collection<?> elements) throws IOException {
        out.writeInt(elements.size());
        for (Object element : elements) {
            out.writeElement(element);
        }
    }

    private static void readElements(GraphReader in, Collection<? super @Nullable Object> elements) throws Exception {
        for (int left = in.bytes().readCount(); left > 0; left--) {
            elements.add(in.readElement());
        }
    }

    private static void writeEntries(GraphWriter out, Map<?, ?> map) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeElement(entry.getKey());
            out.writeElement(entry.getValue());
        }
    }

    private static void readEntries(GraphReader in, Map<? super @Nullable Object, ? super @Nullable Object> map)
            throws Exception {
        for (int left = in.bytes().readCount(); left > 0; left--) {
            Object key = in.readElement();
            map.put(key, in.readElement());
        }
    }
}
