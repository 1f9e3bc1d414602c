package io.sessionfilter.codec;

/** What the codec of one web application works with. Safe for use by many threads. */
public interface CodecContext {
    /**
     * By which all classes are found; never by the serializer's own loader, nor by that of the thread.
     *
     * @return the application's
     */
    ClassLoader classLoader();

    /**
     * Which classes may be written and read.
     *
     * @return the rule for this application
     */
    ClassFilter classFilter();

    /**
     * The most bytes that one value may take.
     *
     * @return a positive number
     */
    int maxBytes();

    /**
     * The JDK's serialization under the same rule and limits. For parts of a value that the serializer cannot write, or not as the author of
     * their class has said: see {@link #isPlain}.
     *
     * @return not to be closed
     */
    AttributeCodec javaSerialization();

    /**
     * Whether an instance of a class is what its fields hold, and may be written field by field. Else its author has said by the means of Java
     * serialization how it is to be written ({@code writeObject}, {@code writeReplace}, {@code Externalizable}, a superclass that is not
     * serialized, ...), or it is a record, an exception, a lambda or a proxy, or has state in a class of the JDK, whose fields are closed.
     *
     * @param type a class; of the JDK's own none is plain, nor is any enum, array or interface
     * @return whether it has fields of its own and of its superclasses, all of which can be read and set by reflection, and nothing else
     */
    boolean isPlain(Class<?> type);

    /**
     * Lets a class pass or refuses it: to be called for every class of which anything is written or read, by whatever codec.
     *
     * @param type a class or an array
     * @throws ValueRefusedException if it, or what it is an array of, is not allowed
     */
    default void check(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (!element.isPrimitive() && !classFilter().allows(element)) {
            throw ValueRefusedException.notAllowed(element, classFilter());
        }
    }

    /**
     * Finds a class by the name that stored bytes give, and checks it. Does not initialize it.
     *
     * @param name as {@link Class#getName()} gives it
     * @return the application's class of that name
     * @throws ClassNotFoundException if it has none
     * @throws ValueRefusedException if it is not allowed
     */
    default Class<?> load(String name) throws ClassNotFoundException {
        Class<?> type = Class.forName(name, false, classLoader());
        check(type);
        return type;
    }
}
