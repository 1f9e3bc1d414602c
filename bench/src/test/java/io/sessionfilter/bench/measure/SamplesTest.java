package io.sessionfilter.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void medianOfAnOddNumberIsTheMiddleOne() {
        assertThat(Samples.median(List.of(9.0, 1.0, 4.0))).isEqualTo(4.0);
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Samples.median(List.of(9.0, 1.0, 4.0, 6.0))).isEqualTo(5.0);
    }

    @Test
    void oneWildSampleDoesNotMoveTheMedian() {
        assertThat(Samples.median(List.of(1.0, 1.1, 1000.0, 0.9, 1.0))).isEqualTo(1.0);
    }

    @Test
    void nothingMeasuredIsNoNumber() {
        assertThat(Samples.median(List.of())).isNaN();
        assertThat(Samples.spread(List.of())).isNaN();
    }

    @Test
    void spreadIsThatOfTheMiddleHalfAsAShareOfTheMedian() {
        assertThat(Samples.spread(List.of(8.0, 9.0, 10.0, 12.0, 13.0))).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void spreadLiesBetweenSamplesWhereTheHalfEndsBetweenThem() {
        assertThat(Samples.spread(List.of(10.0, 20.0))).isCloseTo(5.0 / 15, within(1e-9));
    }

    @Test
    void fewWildSamplesDoNotShowInTheSpread() {
        assertThat(Samples.spread(List.of(1.0, 1.0, 1000.0, 1.0, 1.0))).isZero();
    }
}
