package io.sessionfilter.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's tables say what the code does. */
class SettingsTableTest {
    private static final Path README = Path.of("..", "README.md");

    @Test
    void theReadmeListsEverySettingAsItIs() throws IOException {
        String expected = Stream.concat(
                        Stream.of(
                                "| Setting | Default | Allowed | Meaning | Since |", "| --- | --- | --- | --- | --- |"),
                        Settings.ALL.stream().map(SettingsTableTest::row))
                .collect(Collectors.joining("\n"));

        assertThat(between("settings"))
                .as("the README's table; copy this one into it:%n%n%s%n%n", expected)
                .isEqualTo(expected);
    }

    @Test
    void theDifferencesFromMsmNameOurDefaults() throws IOException {
        List<String[]> rows = between("differences")
                .lines()
                .skip(2)
                .map(line -> line.split("\\|"))
                .toList();

        assertThat(rows).isNotEmpty().allSatisfy(cells -> {
            String name = cells[1].strip().replace("`", "");
            Optional<Setting<?>> setting = Settings.ALL.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst();
            assertThat(setting).as("a setting %s", name).isPresent();
            assertThat(cells[3].strip()).isEqualTo(defaultOf(setting.get()));
        });
    }

    @Test
    void everySettingOfTheListIsRegisteredOnce() throws IllegalAccessException {
        List<String> names = Settings.ALL.stream().<String>map(Setting::name).toList();
        assertThat(names).doesNotHaveDuplicates();

        for (Field field : Settings.class.getDeclaredFields()) {
            if (field.getType() == Setting.class) {
                Setting<?> setting = (Setting<?>) field.get(null);
                assertThat(Settings.ALL).contains(setting);
                assertThat(field.getName()).isEqualTo(setting.upperSnakeName());
            }
        }
    }

    @Test
    void defaultsThatAreValuesCanBeWritten() {
        Settings.ALL.stream()
                .filter(Setting::defaultIsValue)
                .forEach(setting -> assertThat(Configured.initParam(setting.name(), setting.defaultText())
                                .problems())
                        .as(setting.name())
                        .isEmpty());
    }

    @Test
    void noSupersededNameIsASetting() {
        assertThat(Settings.ALL).noneMatch(setting -> Settings.SUPERSEDED.containsKey(setting.name()));
    }

    private static String row(Setting<?> setting) {
        return Stream.of(
                        "`" + setting.name() + "`",
                        defaultOf(setting),
                        setting.type().allowed(),
                        setting.meaning(),
                        setting.type().availability())
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String defaultOf(Setting<?> setting) {
        return setting.defaultIsValue() ? "`" + setting.defaultText() + "`" : setting.defaultText();
    }

    private static String between(String marker) throws IOException {
        String begin = "<!-- " + marker + ":begin -->";
        String end = "<!-- " + marker + ":end -->";
        var table = Pattern.compile(Pattern.quote(begin) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
                .matcher(Files.readString(README));
        assertThat(table.find())
                .as("%s has a table between the markers of %s", README, marker)
                .isTrue();
        return table.group(1).strip();
    }
}
