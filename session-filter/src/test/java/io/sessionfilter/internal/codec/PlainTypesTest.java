package io.sessionfilter.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Externalizable;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlainTypesTest {
    private final PlainTypes plain = new PlainTypes();

    @Test
    void beansOfTheApplicationArePlain() {
        assertThat(Stream.of(Bean.class, SubBean.class, NotSerializable.class, new Object() {}.getClass()))
                .allMatch(plain::contains);
    }

    static Stream<Class<?>> others() {
        Supplier<String> lambda = (Supplier<String> & Serializable) () -> "";
        return Stream.of(
                ArrayList.class,
                String.class,
                int.class,
                Bean[].class,
                Serializable.class,
                TimeUnit.class,
                Row.class,
                Abstract.class,
                Failure.class,
                External.class,
                lambda.getClass(),
                ListWithField.class,
                Amount.class,
                Reads.class,
                InheritsReads.class,
                Resolves.class,
                NamesItsFields.class,
                LosesItsBase.class);
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatJavaWritesInAWayOfItsOwnIsNot(Class<?> type) {
        assertThat(plain.contains(type)).isFalse();
    }

    static class Bean implements Serializable {
        private static final long serialVersionUID = 1L;
        String name = "";
    }

    static final class SubBean extends Bean {
        private static final long serialVersionUID = 1L;
    }

    static class NotSerializable {
        String name = "";
    }

    record Row(String name) implements Serializable {}

    abstract static class Abstract implements Serializable {}

    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;
    }

    public static final class External implements Externalizable {
        private static final long serialVersionUID = 1L;

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {}
    }

    static final class ListWithField extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
        String name = "";
    }

    /** Its superclass has no fields today; what it will have is the JDK's affair. */
    static final class Amount extends Number {
        private static final long serialVersionUID = 1L;
        long cents;

        @Override
        public int intValue() {
            return 0;
        }

        @Override
        public long longValue() {
            return 0;
        }

        @Override
        public float floatValue() {
            return 0;
        }

        @Override
        public double doubleValue() {
            return 0;
        }
    }

    static class Reads implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("UnusedMethod") // by Java serialization
        private void readObject(ObjectInputStream in) {}
    }

    static final class InheritsReads extends Reads {
        private static final long serialVersionUID = 1L;
    }

    static final class Resolves implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("UnusedMethod") // by Java serialization
        private Object readResolve() {
            return this;
        }
    }

    static final class NamesItsFields implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("UnusedVariable") // by Java serialization
        private static final ObjectStreamField[] serialPersistentFields = {};
    }

    static final class LosesItsBase extends NotSerializable implements Serializable {
        private static final long serialVersionUID = 1L;
    }
}
