package io.sessionfilter.bench.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.management.BadAttributeValueExpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrialTest {
    static Stream<Arguments> codecsAndPayloads() {
        return CodecsHere.names().stream()
                .flatMap(codec -> Payloads.names().stream().map(payload -> Arguments.of(codec, payload)));
    }

    private static Payload session(String name, Object value) {
        return new Payload("sample", Map.of(name, value), TrialTest.class.getClassLoader());
    }

    @ParameterizedTest
    @MethodSource("codecsAndPayloads")
    void everyCodecHereCanDoEachOfOurSessions(String codec, String payload) throws Exception {
        Trial trial = Trial.of(Payloads.named(payload), codec);

        assertThat(trial.refusal()).isNull();
        assertThat(trial.bytes()).isPositive();
        assertThat(trial.lz4Bytes()).isLessThanOrEqualTo(trial.bytes());
        assertThat(trial.deflateBytes()).isLessThanOrEqualTo(trial.lz4Bytes());
    }

    @ParameterizedTest
    @MethodSource("codecsAndPayloads")
    void ourSessionsAreTheSameInEachRun(String codec, String payload) throws Exception {
        assertThat(Trial.of(Payloads.named(payload), codec)).isEqualTo(Trial.of(Payloads.named(payload), codec));
    }

    @Test
    void onlyLargeAttributesAreCompressed() {
        Trial small = Trial.of(session("text", "x".repeat(1500)), "java");
        Trial large = Trial.of(session("text", "x".repeat(15_000)), "java");

        assertThat(small.lz4Bytes()).isEqualTo(small.bytes());
        assertThat(large.lz4Bytes()).isLessThan(large.bytes() / 10);
        assertThat(large.deflateBytes()).isLessThan(large.bytes() / 10);
    }

    @Test
    void aRefusalNamesTheAttribute() {
        Trial trial = Trial.of(session("choice", Optional.of("tea")), "java");

        assertThat(trial.succeeded()).isFalse();
        assertThat(trial.refusal()).contains("\"choice\"", "java.util.Optional");
        assertThat(trial.bytes()).isNaN();
    }

    @Test
    void classesOfTheJdkAreRefusedAsEver() {
        Payload payload = session("gadget", new BadAttributeValueExpException("x"));

        assertThat(CodecsHere.names())
                .allSatisfy(codec ->
                        assertThat(Trial.of(payload, codec).refusal()).contains("BadAttributeValueExpException"));
    }
}
