package io.sessionfilter.testkit.codec;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Classes as applications have them. */
public final class Beans {
    private Beans() {}

    /** A bean like most. */
    public static class Person implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String name;
        private final int age;
        private double weight = 1.5;

        /** Lives in this JVM only. */
        public transient @Nullable Object cache;

        public Person(String name, int age) {
            this.name = name;
            this.age = age;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Person && toString().equals(other.toString());
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return name + " " + age + " " + weight;
        }
    }

    /** With a field of the same name as its superclass. */
    static final class Employee extends Person {
        private static final long serialVersionUID = 1L;
        private final String name;
        private final List<String> rights = List.of("read", "write");
        private final Map<String, Integer> limits = Map.of("a", 1);

        Employee(String name, String title) {
            super(name, 5);
            this.name = title;
        }

        @Override
        public String toString() {
            return super.toString() + name + rights + limits;
        }
    }

    record Row(String name, int count, List<String> parts) implements Serializable {}

    record RowNotSerializable(String name) {}

    /** Not serializable. */
    static final class Bare {
        private final String name;

        Bare(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green";
            }
        }
    }

    static final class ListWithField extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
        String title = "";

        @Override
        public String toString() {
            return title + super.toString();
        }
    }

    /** Its parts know it. */
    static final class Outer implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String name;

        Outer(String name) {
            this.name = name;
        }

        Inner inner() {
            return new Inner();
        }

        final class Inner implements Serializable {
            private static final long serialVersionUID = 1L;

            @Override
            public String toString() {
                return "inner of " + name;
            }
        }
    }

    static final class Node implements Serializable {
        private static final long serialVersionUID = 1L;

        @Nullable
        Object left;

        @Nullable
        Object right;

        static Node chain(int length) {
            Node head = new Node();
            for (int i = 1; i < length; i++) {
                Node next = new Node();
                next.left = head;
                head = next;
            }
            return head;
        }

        int length() {
            int length = 1;
            for (Object node = left; node != null; node = ((Node) node).left) {
                length++;
            }
            return length;
        }
    }

    /** Restores a transient field. */
    static final class Restoring implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String name;
        private transient String upper;

        Restoring(String name) {
            this.name = name;
            this.upper = name.toUpperCase(java.util.Locale.ROOT);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            upper = name.toUpperCase(java.util.Locale.ROOT);
        }

        @Override
        public String toString() {
            return name + upper;
        }
    }

    /** Writes data of its own. */
    static final class OwnData implements Serializable {
        private static final long serialVersionUID = 1L;
        private transient String name;

        OwnData(String name) {
            this.name = name;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeUTF(name);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            name = in.readUTF();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final class Singleton implements Serializable {
        private static final long serialVersionUID = 1L;
        static final Singleton INSTANCE = new Singleton();

        private Object readResolve() {
            return INSTANCE;
        }
    }

    /** Is written as something else. */
    static final class Replaced implements Serializable {
        private static final long serialVersionUID = 1L;
        private final transient String name;

        Replaced(String name) {
            this.name = name;
        }

        private Object writeReplace() {
            return new Form(name);
        }

        @Override
        public String toString() {
            return name;
        }

        private record Form(String name) implements Serializable {
            private Object readResolve() {
                return new Replaced(name);
            }
        }
    }

    public static final class External implements Externalizable {
        private static final long serialVersionUID = 1L;
        private String name = "";

        public External() {}

        External(String name) {
            this.name = name;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeUTF(name);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            name = in.readUTF();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static class NotSerializableBase {
        String base = "initial";
    }

    static final class OverNotSerializable extends NotSerializableBase implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String own;

        OverNotSerializable(String own) {
            this.own = own;
        }

        @Override
        public String toString() {
            return base + own;
        }
    }

    /** Has no constructor without parameters, and one that insists. */
    static final class Insisting implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String name;

        Insisting(String name) {
            this.name = Objects.requireNonNull(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final class Answering implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 1L;
        private final String answer;

        Answering(String answer) {
            this.answer = answer;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            return method.invoke(answer, arguments);
        }
    }

    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;

        Failure(int code, Throwable cause) {
            super(cause);
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
