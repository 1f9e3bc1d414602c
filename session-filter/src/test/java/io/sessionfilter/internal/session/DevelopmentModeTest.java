package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.record.SessionRecord;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With {@code developmentMode=true} the application learns at once of what cannot be stored. */
class DevelopmentModeTest {
    private final SessionUse session =
            new TestCluster().nonSticky("jvm1").manager.create(TestCluster.TIMEOUT_SECONDS);

    @Test
    void anAttributeThatCannotBeStoredIsRefusedByNameAndClass() {
        Attributes attributes = attributes(true, null);

        assertThatThrownBy(() -> attributes.set("connection", new Object(), session, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"connection\"", "java.lang.Object", "developmentMode=true");
    }

    @Test
    void whatWasThereBeforeStays() {
        Attributes attributes = attributes(true, null);
        attributes.set("a", "before", session, null);

        assertThatThrownBy(() -> attributes.set("a", new Object(), session, null))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(attributes.names()).isEqualTo(List.of("a"));
        assertThat(attributes.find("a", session))
                .extracting(value -> value.value)
                .isEqualTo("before");
    }

    @Test
    void anAttributeThatIsNotToBeStoredMayBeAnything() {
        Attributes attributes = attributes(true, Pattern.compile("stored.*"));
        Object anything = new Object();

        attributes.set("local", anything, session, null);

        assertThat(attributes.find("local", session))
                .extracting(value -> value.value)
                .isSameAs(anything);
    }

    @Test
    void nothingIsRefusedInProduction() {
        Attributes attributes = attributes(false, null);
        Object anything = new Object();

        attributes.set("connection", anything, session, null);

        assertThat(attributes.find("connection", session))
                .extracting(value -> value.value)
                .isSameAs(anything);
    }

    @Test
    void whatIsTheSameOnceItIsReadHasLostNothing() throws Exception {
        Bean bean = new Bean("a");
        bean.part = new Bean("b");

        assertThat(RoundTrip.loss(bean, copy(bean))).isNull();
        assertThat(RoundTrip.loss(List.of(1, "a"), copy(List.of(1, "a")))).isNull();
    }

    @Test
    void aTransientFieldThatNobodyRestoresIsALossWhereverItIs() throws Exception {
        Bean bean = new Bean("a");
        bean.part = new Bean("b");
        bean.part.cache = "here only";

        assertThat(RoundTrip.loss(bean, copy(bean)))
                .isEqualTo("the field cache of " + Bean.class.getName()
                        + " is null once it is read: it is transient, so let readObject restore it");
    }

    @Test
    void anotherClassAndAnotherValueAreLosses() {
        assertThat(RoundTrip.loss(new ArrayList<>(), new LinkedHashSet<>()))
                .isEqualTo("it is read as a java.util.LinkedHashSet");
        assertThat(RoundTrip.loss(new Bean("a"), new Bean("b")))
                .isEqualTo("what is read of the field name of " + Bean.class.getName()
                        + " is not equal to what was written");
    }

    @Test
    void anAttributeThatCannotBeReadAgainIsRefused() {
        Attributes attributes = attributes(true, null);

        assertThatThrownBy(() -> attributes.set("a", new Unreadable(), session, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"a\"", "Unreadable");
    }

    private static Object copy(Object value) throws Exception {
        ValueCoding coding = ValueCoding.by(new TestCodec());
        return coding.decode(coding.encode(value, false));
    }

    private static final class Bean implements Serializable {
        private static final long serialVersionUID = 1L;
        final String name;
        transient @Nullable String cache;

        @Nullable
        Bean part;

        Bean(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name + cache + part;
        }
    }

    private static final class Unreadable implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException {
            throw new InvalidObjectException("as a class that has changed");
        }
    }

    private static Attributes attributes(boolean developmentMode, @Nullable Pattern storedNames) {
        return new Attributes(
                new AttributeCoding(
                        ValueCoding.by(new TestCodec()),
                        value -> false,
                        storedNames,
                        Map.of(),
                        new AttributeCoding.Options(developmentMode, false, ComparedValues.HANDED_OUT),
                        new Metrics(),
                        SessionObserver.NONE),
                SessionRecord.NOTHING);
    }
}
