package io.sessionfilter.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SvgBarsTest {
    private static final Pattern LABEL = Pattern.compile("y=\"([\\d.]+)\" fill=\"#222\" font-size=\"11\"");
    private static final Pattern END = Pattern.compile("y=\"([\\d.]+)\" width=\"[\\d.]+\" height=\"[\\d.]+\" fill");
    private static final Pattern LIMIT =
            Pattern.compile("y1=\"([\\d.]+)\" x2=\"[\\d.]+\" y2=\"[\\d.]+\" stroke=\"#b00020\"");

    @Test
    void aLabelStandsOnItsBar() {
        String svg = bar(50, 90);

        assertThat(last(END, svg) - last(LABEL, svg)).isBetween(2.0, 8.0);
    }

    @Test
    void aLimitThatWouldCrossTheLabelCarriesIt() {
        String svg = bar(85, 88);

        assertThat(last(LIMIT, svg) - last(LABEL, svg)).isBetween(2.0, 8.0);
    }

    @Test
    void aLimitWithinTheBarLeavesTheLabelWhereItIs() {
        String svg = bar(90, 88);

        assertThat(last(END, svg) - last(LABEL, svg)).isBetween(2.0, 8.0);
    }

    private static String bar(double value, double limit) {
        return SvgBars.of(new BarChart(
                "Bars", "µs", List.of("read"), List.of(new BarChart.Series("ours", List.of(value), List.of(limit)))));
    }

    /** The legend has marks too, before those of the bars. */
    private static double last(Pattern pattern, String svg) {
        Matcher matcher = pattern.matcher(svg);
        double found = Double.NaN;
        while (matcher.find()) {
            found = Double.parseDouble(matcher.group(1));
        }
        return found;
    }
}
