package io.sessionfilter.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Text in lines. */
final class Words {
    private Words() {}

    /** A text in lines of so many characters, as far as its words allow. */
    static List<String> lines(String text, int length) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > length) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
