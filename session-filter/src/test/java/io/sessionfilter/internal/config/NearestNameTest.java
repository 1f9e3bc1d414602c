package io.sessionfilter.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "'', abc, 3",
        "abc, abc, 0",
        "abc, abd, 1",
        "abc, acb, 1",
        "abcd, badc, 2",
        "kitten, sitting, 3"
    })
    void aSlipIsOneLetterOrTwoThatChangedPlaces(String from, String to, int slips) {
        assertThat(NearestName.slips(from, to)).isEqualTo(slips);
        assertThat(NearestName.slips(to, from)).isEqualTo(slips);
    }

    @Test
    void theNearestOfSeveralIsChosen() {
        assertThat(NearestName.to("backupCopy", List.of("backupQueueSize", "backupCopies", "codec")))
                .contains("backupCopies");
    }

    @Test
    void nothingIsNearToNothing() {
        assertThat(NearestName.to("sticky", List.of())).isEmpty();
    }
}
