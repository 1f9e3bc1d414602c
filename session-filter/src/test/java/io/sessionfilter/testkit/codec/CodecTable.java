package io.sessionfilter.testkit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of {@code docs/codecs.md}: what each codec makes of what. */
final class CodecTable {
    private static final String BEGIN = "<!-- verdicts:begin -->";
    private static final String END = "<!-- verdicts:end -->";

    private CodecTable() {}

    /** The column of a codec, by the names of the cases. */
    static Map<String, String> column(String codec) throws IOException {
        String text = Files.readString(document());
        List<String> rows = text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END))
                .strip()
                .lines()
                .toList();
        int column = cells(rows.get(0)).indexOf("`" + codec + "`");
        assertThat(column).as("the column of " + codec + " in docs/codecs.md").isPositive();
        Map<String, String> verdicts = new LinkedHashMap<>();
        for (String row : rows.subList(2, rows.size())) {
            verdicts.put(cells(row).get(0), cells(row).get(column));
        }
        return verdicts;
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1).split("\\|")).map(String::strip).toList();
    }

    /** From whichever module the test runs in. */
    private static Path document() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docs/codecs.md"))) {
            directory = directory.getParent();
        }
        return directory.resolve("docs/codecs.md");
    }
}
