package io.sessionfilter.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sessionfilter.internal.codec.ClassPatterns;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassPatternTest {
    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
        "com.acme.Cart, com.acme.Cart, true",
        "com.acme.Cart, com.acme.Cart$Item, false",
        "com.acme.Cart, com.acme.Carts, false",
        "com.acme.Cart$Item, com.acme.Cart$Item, true",
        "Cart, Cart, true",
        "com.acme.*, com.acme.Cart, true",
        "com.acme.*, com.acme.Cart$Item, true",
        "com.acme.*, com.acme.sub.Cart, false",
        "com.acme.*, com.acmeevil.Cart, false",
        "com.acme.*, com.acme, false",
        "com.acme.**, com.acme.Cart, true",
        "com.acme.**, com.acme.sub.deep.Cart, true",
        "com.acme.**, com.acmeevil.Cart, false",
        "com.acme.**, org.com.acme.Cart, false"
    })
    void aPatternTakesInWhatItSays(String pattern, String className, boolean expected) throws Exception {
        ClassPattern parsed = ClassPattern.parseList(pattern).get(0);

        assertThat(new ClassPatterns(List.of(parsed.toString())).test(className))
                .isEqualTo(expected);
        assertThat(parsed).hasToString(pattern);
    }

    @Test
    void listsAreSeparatedByCommasOrWhiteSpace() throws Exception {
        assertThat(ClassPattern.parseList("com.acme.Cart,\n  com.acme.* , org.acme.**"))
                .hasToString("[com.acme.Cart, com.acme.*, org.acme.**]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "*, takes in every class there is",
        "**, takes in every class there is",
        ".*, is neither a class",
        "com.acme.***, is neither a class",
        "com.*.Cart, is neither a class",
        "com..Cart, is neither a class",
        "com.acme., is neither a class",
        "com/acme/Cart, is neither a class",
        "1com.Cart, is neither a class",
        "com.acme.Cart;, is neither a class",
        "com\\.acme\\..*, a regular expression is not understood here",
        "com.acme.Cart[], is an array; name the class of its elements",
        "[Lcom.acme.Cart;, is an array; name the class of its elements"
    })
    void whatIsNoPatternIsRefused(String pattern, String message) {
        assertThat(catchThrowableOfType(InvalidValueException.class, () -> ClassPattern.parseList(pattern)))
                .hasMessageContaining("\"" + pattern + "\"")
                .hasMessageContaining(message);
    }

    @Test
    void everyWrongPatternIsReported() {
        InvalidValueException refused =
                catchThrowableOfType(InvalidValueException.class, () -> ClassPattern.parseList("* com.acme.Cart a..b"));

        assertThat(refused.problems()).hasSize(2);
    }
}
