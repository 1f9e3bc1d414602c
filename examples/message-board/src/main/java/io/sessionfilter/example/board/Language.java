package io.sessionfilter.example.board;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Optional;

/** A language that the pages speak. */
enum Language {
    EN(Locale.UK),
    ZH(Locale.SIMPLIFIED_CHINESE);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    Locale locale() {
        return locale;
    }

    /** As in HTML's {@code lang} attribute, and in the names of the text files. */
    String tag() {
        return locale.getLanguage();
    }

    static Optional<Language> find(String tag) {
        for (Language language : values()) {
            if (language.tag().equals(tag)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /** Returns the first of what the reader asks for that we speak, else English. */
    static Language preferred(Enumeration<Locale> wanted) {
        return Collections.list(wanted).stream()
                .flatMap(locale -> find(locale.getLanguage()).stream())
                .findFirst()
                .orElse(EN);
    }
}
