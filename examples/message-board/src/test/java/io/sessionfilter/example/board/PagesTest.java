package io.sessionfilter.example.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages and the texts, compared as they are in the sources. */
class PagesTest {
    private static final Path PAGES = Path.of("src/main/webapp/WEB-INF/jsp");
    private static final Path SOURCES = Path.of("src/main/java");

    /** A tag of the standard library, whose attributes hold conditions and lists, not output. */
    private static final Pattern LIBRARY_TAG = Pattern.compile("</?c:[^>]*>");

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern ESCAPING = Pattern.compile("\\$\\{page\\.(h|t|time)\\(.*\\)}");
    private static final Pattern KEY = Pattern.compile("['\"]([a-z]+\\.[A-Za-z]+)['\"]");
    private static final Pattern KEY_FAMILY = Pattern.compile("'([a-z]+\\.)'\\.concat");

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(Texts.in(Language.ZH).keys())
                .containsExactlyInAnyOrderElementsOf(Texts.in(Language.EN).keys());
    }

    @Test
    void noTextIsEmpty() {
        for (Language language : Language.values()) {
            Texts texts = Texts.in(language);
            assertThat(texts.keys())
                    .allSatisfy(key -> assertThat(texts.get(key)).isNotBlank());
        }
    }

    @Test
    void theChineseTextsAreChinese() {
        Texts texts = Texts.in(Language.ZH);
        Set<String> others = texts.keys().stream()
                .filter(key -> texts.get(key).codePoints().noneMatch(Character::isIdeographic))
                .collect(Collectors.toSet());

        // It names the language to switch to, in that language.
        assertThat(others).containsExactly("nav.otherLanguage");
    }

    @Test
    void everyTextIsUsedAndEveryTextUsedIsThere() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String source : List.of(read(PAGES), read(SOURCES))) {
            KEY.matcher(source).results().map(found -> found.group(1)).forEach(used::add);
            for (MatchResult family : KEY_FAMILY.matcher(source).results().toList()) {
                for (Kind kind : Kind.values()) {
                    used.add(family.group(1) + kind);
                }
            }
        }
        used.removeAll(Set.of("top.jspf", "bottom.jspf", "board.demo"));

        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(Texts.in(Language.EN).keys());
    }

    @Test
    void whateverAPagePrintsIsEscaped() throws IOException {
        String printed = LIBRARY_TAG.matcher(read(PAGES)).replaceAll("");

        List<String> expressions =
                EXPRESSION.matcher(printed).results().map(MatchResult::group).toList();

        assertThat(expressions)
                .hasSizeGreaterThan(50)
                .allSatisfy(expression -> assertThat(expression).matches(ESCAPING));
    }

    @Test
    void noPageRunsJavaOrMakesASessionByItself() throws IOException {
        assertThat(read(PAGES)).doesNotContain("<%=", "<%!", "<% ").contains("session=\"false\"");
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.filter(page -> page.toString().endsWith(".jsp")))
                    .allSatisfy(page -> assertThat(page).content().startsWith("<%@ include file=\"top.jspf\" %>"));
        }
    }

    @Test
    void everyFormThatPostsCarriesTheToken() throws IOException {
        List<String> forms = Pattern.compile("<form\\b.*?</form>", Pattern.DOTALL)
                .matcher(read(PAGES))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(forms)
                .isNotEmpty()
                .allSatisfy(form ->
                        assertThat(form).contains("method=\"post\"", "name=\"csrf\" value=\"${page.h(page.csrf)}\""));
    }

    private static String read(Path tree) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return all.toString();
    }
}
