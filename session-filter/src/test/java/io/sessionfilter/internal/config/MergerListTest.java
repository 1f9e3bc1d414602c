package io.sessionfilter.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergerListTest {
    @Test
    void eachAttributeHasItsClass() {
        SessionFilterConfig config = Configured.initParam(
                        "attributeMergers", "count=com.acme.Sum, cart=com.acme.Carts$Merger\n a=b=com.acme.Sum ")
                .read();

        assertThat(config.attributeMergers())
                .containsOnly(
                        entry("count", "com.acme.Sum"),
                        entry("cart", "com.acme.Carts$Merger"),
                        entry("a=b", "com.acme.Sum"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count | \"count\" must be `<attribute>=<class>`",
                "=com.acme.Sum | \"=com.acme.Sum\" must be `<attribute>=<class>`",
                "count=com.acme.* | is a package; name the class",
                "count= | of \"count=\" the class: names no class",
                "count=com.acme.Sum count=com.acme.Max | for the attribute \"count\" twice",
                "count=3 | of \"count=3\" the class:"
            })
    void anEntryThatIsNoneIsRefusedByName(String value, String problem) {
        assertThat(Configured.initParam("attributeMergers", value).problems())
                .singleElement()
                .asString()
                .contains("attributeMergers")
                .contains(problem);
    }
}
