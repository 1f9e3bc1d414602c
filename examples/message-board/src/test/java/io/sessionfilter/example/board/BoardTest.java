package io.sessionfilter.example.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small pieces with some logic of their own. */
class BoardTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void whatIsInTheSessionSurvivesSerialization() throws IOException, ClassNotFoundException {
        Draft draft = new Draft();
        draft.save(Kind.ARTICLE, "Title", "Text", NOW);
        Journey journey = new Journey("jvm1");
        journey.arriveAt("jvm2");

        assertThat(copy(draft)).usingRecursiveComparison().isEqualTo(draft);
        assertThat(copy(journey)).usingRecursiveComparison().isEqualTo(journey);
        User user = new User(1, "lin", "林晓", Role.READER);
        assertThat(copy(user)).usingRecursiveComparison().isEqualTo(user);
    }

    @Test
    void aDraftIsCutToWhatTheDatabaseHoldsAndNeverInsideACharacter() {
        Draft draft = new Draft();

        draft.save(Kind.MESSAGE, "x".repeat(Draft.TITLE_LIMIT - 1) + "😀", "y".repeat(Draft.BODY_LIMIT + 1), NOW);

        assertThat(draft.getTitle()).isEqualTo("x".repeat(Draft.TITLE_LIMIT - 1));
        assertThat(draft.getBody()).hasSize(Draft.BODY_LIMIT);
    }

    @Test
    void aDraftOfBlanksIsNotComplete() {
        Draft draft = new Draft();

        draft.save(Kind.MESSAGE, "Title", " \r\n ", NOW);

        assertThat(draft.isComplete()).isFalse();
    }

    @Test
    void aJourneyCountsArrivalsAtAnotherAppNodeOnly() {
        Journey journey = new Journey("jvm1");

        for (String appNode : List.of("jvm1", "jvm2", "jvm2", "jvm1")) {
            journey.arriveAt(appNode);
        }

        assertThat(journey.getMoves()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "Zk3q9-n1.jvm1, n1",
                "Zk3q9-n1, n1",
                "Zk3q9.jvm1, –",
                "Zk3q9, –",
                "null, –",
                "a-b-n1.jvm1, –",
                "Zk3q9-<b>.jvm1, –"
            })
    void theMemcachedNodeIsReadFromTheSessionIdAndNothingElseIs(String sessionId, String node) {
        assertThat(AppNode.memcachedNode(sessionId)).isEqualTo(node);
    }

    @ParameterizedTest
    @CsvSource({"'fr,zh-CN,en', zh", "'en-US,zh', en", "'fr', en", "'zh-TW', zh"})
    void theFirstLanguageThatWeSpeakIsTaken(String wanted, String tag) {
        List<Locale> locales = List.of(wanted.split(",", -1)).stream()
                .map(Locale::forLanguageTag)
                .toList();

        assertThat(Language.preferred(Collections.enumeration(locales)).tag()).isEqualTo(tag);
    }

    @Test
    void whatHtmlGivesAMeaningIsEscaped() {
        assertThat(Html.escape("<a href=\"x\" title='y'>&夜</a>"))
                .isEqualTo("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;夜&lt;/a&gt;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/draft", "/read?id=3", "/draft/preview"})
    void theLanguageSwitchComesBackToAPageOfThisSite(String path) {
        assertThat(LanguageServlet.localPath(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nX: y", "/%0d"})
    void theLanguageSwitchGoesNowhereElse(String path) {
        assertThat(LanguageServlet.localPath(path)).isEqualTo("/");
    }

    private static Object copy(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
