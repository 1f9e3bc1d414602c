package io.sessionfilter.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageKeyPrefixTest {
    private record WebApplication(String contextPath, String host, String webappVersion) {}

    private static StorageKeyPrefix parse(String tokens) throws InvalidValueException {
        return StorageKeyPrefix.parse(tokens);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            context              | /shop:
            host                 | www.example.com:
            webappVersion        | 1.0-b%232:
            context,host         | /shop:www.example.com:
            host, context        | www.example.com:/shop:
            static:blue          | blue:
            static:a:b           | a%3Ab:
            static:läden         | l%C3%A4den:
            static:a b%          | a%20b%25:
            context,static:blue  | /shop:blue:
            context.hash         | 26315ce1e9356d67:
            host.hash            | 80fc0fb9266db7b8:
            """)
    void thePrefixIsTheValueOfEachTokenFollowedByAColon(String tokens, String prefix) throws Exception {
        assertThat(parse(tokens).prefixOf("/shop", "www.example.com", "1.0-b#2"))
                .isEqualTo(prefix);
    }

    @Test
    void theRootApplicationIsASlash() throws Exception {
        assertThat(parse("context").prefixOf("", "localhost", "")).isEqualTo("/:");
    }

    @Test
    void aMissingValueLeavesItsPlaceEmptySoThatOthersDoNotMoveUp() throws Exception {
        assertThat(parse("host,webappVersion").prefixOf("/a", "", "")).isEqualTo("::");
        assertThat(parse("host,webappVersion").prefixOf("/a", "x", "")).isEqualTo("x::");
        assertThat(parse("host,webappVersion").prefixOf("/a", "", "x")).isEqualTo(":x:");
    }

    @Test
    void aLongPrefixIsReplacedByAHashThatNoShortOneLooksLike() throws Exception {
        StorageKeyPrefix context = parse("context");
        String longest = "/" + "a".repeat(StorageKeyPrefix.MAX_LENGTH - 2);

        assertThat(context.prefixOf(longest, "", "")).isEqualTo(longest + ":").hasSize(StorageKeyPrefix.MAX_LENGTH);
        assertThat(context.prefixOf(longest + "a", "", ""))
                .matches("#[0-9a-f]{32}:")
                .isNotEqualTo(context.prefixOf(longest + "b", "", ""));
        assertThat(parse("static:#abc").prefixOf("", "", "")).isEqualTo("%23abc:");
    }

    @Test
    void theLongestPrefixLeavesRoomForASessionKeyOf64Characters() {
        assertThat(StorageKeyPrefix.MAX_LENGTH).isLessThanOrEqualTo(250 - 64);
    }

    /** Whatever the names are: prefixes are equal only if the applications are, and only the last colon ends one. */
    @Test
    void twoWebApplicationsNeverCross() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        StorageKeyPrefix all = parse("context,host,webappVersion");
        Map<String, WebApplication> applicationOfPrefix = new HashMap<>();

        for (int i = 0; i < 20_000; i++) {
            WebApplication application =
                    new WebApplication("/" + randomText(random), randomText(random), randomText(random));
            String prefix = all.prefixOf(application.contextPath(), application.host(), application.webappVersion());

            assertThat(prefix)
                    .as("seed %d, %s", seed, application)
                    .matches("[A-Za-z0-9_.~/%:#-]{1,150}")
                    .endsWith(":");
            assertThat(applicationOfPrefix.putIfAbsent(prefix, application))
                    .as("seed %d, prefix %s", seed, prefix)
                    .isIn(null, application);
        }
    }

    /** Few letters, so that texts are often equal, or one is another's beginning; some long ones. */
    private static String randomText(Random random) {
        List<String> letters =
                List.of("a", ":", "_", "%", "%3A", "/", "-", ".", "#", " ", "\n", "é", "中", "😀", "A", "\0");
        int length = random.nextInt(20) == 0 ? random.nextInt(200) : random.nextInt(4);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.get(random.nextInt(letters.size())));
        }
        return text.toString();
    }

    @Test
    void equalTokensAreEqualPrefixes() throws Exception {
        assertThat(parse("host, context")).isEqualTo(parse("host,context")).hasSameHashCodeAs(parse("host,context"));
        assertThat(parse("host")).isNotEqualTo(parse("context"));
    }
}
