package io.sessionfilter.example.board;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/** What the pages say, in one language. A test compares the languages with each other and with the pages. */
final class Texts {
    private static final Map<Language, Texts> ALL = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            ALL.put(language, new Texts(load(language)));
        }
    }

    private final Properties texts;

    private Texts(Properties texts) {
        this.texts = texts;
    }

    static Texts in(Language language) {
        return Objects.requireNonNull(ALL.get(language));
    }

    /** Returns the text of that key, or the key itself: a page with a gap is better than no page. */
    String get(String key) {
        return texts.getProperty(key, key);
    }

    Set<String> keys() {
        return texts.stringPropertyNames();
    }

    private static Properties load(Language language) {
        String resource = "/texts_" + language.tag() + ".properties";
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Texts.class.getResourceAsStream(resource), resource), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
