package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.record.SessionRecord;
import java.util.List;
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

        assertThatThrownBy(() -> attributes.set("connection", new Object(), session))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"connection\"", "java.lang.Object", "developmentMode=true");
    }

    @Test
    void whatWasThereBeforeStays() {
        Attributes attributes = attributes(true, null);
        attributes.set("a", "before", session);

        assertThatThrownBy(() -> attributes.set("a", new Object(), session))
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

        attributes.set("local", anything, session);

        assertThat(attributes.find("local", session))
                .extracting(value -> value.value)
                .isSameAs(anything);
    }

    @Test
    void nothingIsRefusedInProduction() {
        Attributes attributes = attributes(false, null);
        Object anything = new Object();

        attributes.set("connection", anything, session);

        assertThat(attributes.find("connection", session))
                .extracting(value -> value.value)
                .isSameAs(anything);
    }

    private static Attributes attributes(boolean developmentMode, @Nullable Pattern storedNames) {
        return new Attributes(
                new AttributeCoding(
                        ValueCoding.by(new TestCodec()),
                        value -> false,
                        storedNames,
                        developmentMode,
                        new Metrics(),
                        SessionObserver.NONE),
                SessionRecord.NOTHING);
    }
}
