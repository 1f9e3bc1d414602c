package io.sessionfilter.testkit.codec;

import io.sessionfilter.testkit.codec.Beans.Node;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Classes of the application, identity, and what Java's protocol promises to the authors of classes. */
@SuppressWarnings("JavaUtilDate") // applications have them in their sessions
final class BeanCases {
    private BeanCases() {}

    static List<TypeCase> all() {
        List<TypeCase> cases = new ArrayList<>(beans());
        cases.addAll(identity());
        cases.addAll(protocol());
        return cases;
    }

    private static List<TypeCase> beans() {
        return List.of(
                TypeCase.equal("bean", () -> new Beans.Person("a", 7)),
                new TypeCase(
                        "bean, transient field is null",
                        () -> {
                            Beans.Person person = new Beans.Person("a", 7);
                            person.cache = "here only";
                            return person;
                        },
                        (written, read) -> read.equals(written) && ((Beans.Person) read).cache == null
                                ? Verdict.OK
                                : Verdict.WRONG),
                TypeCase.equal("bean with fields of one name, List.of and Map.of", () -> new Beans.Employee("a", "b")),
                TypeCase.seen("bean without usable constructor", () -> new Beans.Insisting("a"), Object::toString),
                TypeCase.seen("bean not Serializable", () -> new Beans.Bare("a"), Object::toString),
                TypeCase.equal("record", () -> new Beans.Row("a", 1, List.of("x"))),
                TypeCase.equal("record not Serializable", () -> new Beans.RowNotSerializable("a")),
                TypeCase.seen(
                        "ArrayList subclass with a field",
                        () -> {
                            Beans.ListWithField list = new Beans.ListWithField();
                            list.title = "title";
                            list.add("a");
                            return list;
                        },
                        Object::toString),
                TypeCase.seen("inner class", () -> new Beans.Outer("a").inner(), Object::toString),
                TypeCase.seen("anonymous class", () -> anonymous("a"), Object::toString),
                TypeCase.equal("map of many kinds", BeanCases::mixed));
    }

    private static Object anonymous(String name) {
        return new Serializable() {
            @Override
            public String toString() {
                return "anonymous " + name;
            }
        };
    }

    private static Map<String, Object> mixed() {
        Map<String, Object> map = new HashMap<>();
        map.put("bean", new Beans.Employee("a", "b"));
        map.put("record", new Beans.Row("a", 1, List.of()));
        map.put("view", Collections.unmodifiableMap(new HashMap<>(Map.of("a", 1))));
        map.put("enum", Beans.Colour.GREEN);
        map.put("array", Arrays.asList(1, 2));
        map.put("singleton", Beans.Singleton.INSTANCE);
        return map;
    }

    private static List<TypeCase> identity() {
        return List.of(
                TypeCase.<Node>linked(
                        "cycle",
                        () -> {
                            Node node = new Node();
                            node.left = node;
                            return node;
                        },
                        node -> 0,
                        node -> node.left == node),
                TypeCase.<Map<String, Object>>linked(
                        "map that contains itself",
                        () -> {
                            Map<String, Object> map = new HashMap<>();
                            map.put("self", map);
                            return map;
                        },
                        Map::size,
                        map -> map.get("self") == map),
                shared("shared bean", new Beans.Person("a", 1)),
                shared("shared list", new ArrayList<>(List.of(1))),
                shared("shared Date", new Date(5)),
                shared("shared record", new Beans.Row("a", 1, List.of())),
                TypeCase.<Node>linked(
                        "list and its unmodifiable view",
                        () -> {
                            List<Object> list = new ArrayList<>(List.of("a"));
                            Node node = new Node();
                            node.left = list;
                            node.right = Collections.unmodifiableList(list);
                            return node;
                        },
                        node -> List.of(node.left, node.right),
                        node -> {
                            @SuppressWarnings("unchecked") // the content has been compared
                            List<Object> list = (List<Object>) Objects.requireNonNull(node.left);
                            list.add("b");
                            return list.equals(node.right);
                        }),
                TypeCase.<Node>seen("chain of 40 objects", () -> Node.chain(40), Node::length),
                TypeCase.<Node>seen("chain of 3,000 objects", () -> Node.chain(3_000), Node::length));
    }

    private static TypeCase shared(String name, Object value) {
        return TypeCase.<Node>linked(
                name,
                () -> {
                    Node node = new Node();
                    node.left = value;
                    node.right = value;
                    return node;
                },
                node -> List.of(Objects.requireNonNull(node.left), Objects.requireNonNull(node.right)),
                node -> node.left == node.right);
    }

    private static List<TypeCase> protocol() {
        return List.of(
                TypeCase.seen(
                        "readObject restores a transient field", () -> new Beans.Restoring("a"), Object::toString),
                TypeCase.seen(
                        "writeObject and readObject with own data", () -> new Beans.OwnData("a"), Object::toString),
                TypeCase.linked(
                        "readResolve of a singleton",
                        () -> Beans.Singleton.INSTANCE,
                        value -> 0,
                        value -> value == Beans.Singleton.INSTANCE),
                TypeCase.seen("writeReplace", () -> new Beans.Replaced("a"), Object::toString),
                TypeCase.seen("Externalizable", () -> new Beans.External("a"), Object::toString),
                TypeCase.seen(
                        "superclass not Serializable", () -> new Beans.OverNotSerializable("a"), Object::toString),
                TypeCase.seen(
                        "JDK proxy",
                        () -> Proxy.newProxyInstance(
                                Beans.class.getClassLoader(),
                                new Class<?>[] {CharSequence.class},
                                new Beans.Answering("hello")),
                        Object::toString),
                TypeCase.<Supplier<?>>seen("Serializable lambda", () -> lambda("a"), Supplier::get),
                TypeCase.<Beans.Failure>seen(
                        "exception with cause and stack trace",
                        () -> new Beans.Failure(5, new IllegalStateException("cause")),
                        e -> e.code() + e.getCause().getMessage() + Arrays.toString(e.getStackTrace())));
    }

    private static Supplier<String> lambda(String captured) {
        return (Supplier<String> & Serializable) () -> captured + "!";
    }
}
