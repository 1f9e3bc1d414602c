package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletRequestListener;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionFilterSettingsTest {
    @Test
    void lastOfSeveralValuesCounts() {
        SessionFilterSettings settings = SessionFilterSettings.builder()
                .set("sticky", "true")
                .setAll(Map.of("sticky", "false", "route", "jvm1"))
                .build();

        assertThat(settings.settings()).containsOnly(Map.entry("sticky", "false"), Map.entry("route", "jvm1"));
        assertThat(settings.filterName()).isEqualTo("session-filter");
    }

    @Test
    void whatWasBuiltDoesNotChangeAnyMore() {
        Map<String, String> given = new HashMap<>(Map.of("sticky", "true"));
        SessionFilterSettings.Builder builder =
                SessionFilterSettings.builder().setAll(given).filterName("mine");
        SessionFilterSettings settings = builder.build();

        given.put("route", "jvm1");
        builder.set("sticky", "false").filterName("other");

        assertThat(settings.settings()).containsOnly(Map.entry("sticky", "true"));
        assertThat(settings.filterName()).isEqualTo("mine");
    }

    @Test
    void valueThatIsMissingIsRefusedWithItsName() {
        assertThatThrownBy(() -> SessionFilterSettings.builder().set("password", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("password");
    }

    @Test
    void listenerThatHearsNothingOfSessionsIsRefusedWithItsClass() {
        assertThatThrownBy(() -> SessionFilterSettings.builder().listener(new NoSessionListener()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(NoSessionListener.class.getName());
    }

    private static final class NoSessionListener implements ServletRequestListener {}

    @Test
    void textShowsNoValues() {
        assertThat(SessionFilterSettings.of(Map.of("password", "hidden")))
                .asString()
                .contains("password")
                .doesNotContain("hidden");
    }
}
