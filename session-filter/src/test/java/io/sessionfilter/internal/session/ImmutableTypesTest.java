package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImmutableTypesTest {
    private final ImmutableTypes types = new ImmutableTypes(name -> name.equals(Declared.class.getName()));

    static Stream<Object> immutable() {
        return Stream.of(
                true,
                'x',
                1,
                2L,
                1.5,
                "text",
                BigDecimal.ONE,
                BigInteger.TWO,
                Instant.EPOCH,
                ZonedDateTime.now(ZoneId.of("UTC")),
                ZoneId.of("Asia/Shanghai"),
                ZoneId.of("+8"),
                UUID.randomUUID(),
                Locale.CHINA,
                URI.create("a"),
                Pattern.compile("a"),
                String.class,
                DayOfWeek.MONDAY,
                Colour.WITH_BODY,
                new Point(1, "a", Colour.RED, ZoneId.of("UTC")),
                new Line(new Point(1, "a", Colour.RED, ZoneId.of("UTC")), null),
                new Loop("a", null, null),
                new Marked(),
                new Declared(),
                new HoldsMarked(new Marked()));
    }

    @ParameterizedTest
    @MethodSource("immutable")
    void whatCannotChangeIsKnown(Object value) {
        assertThat(types.isImmutable(value)).isTrue();
    }

    @SuppressWarnings({"JavaUtilDate", "UnnecessaryStringBuilder"}) // applications have them in their sessions
    static Stream<Object> mutable() {
        return Stream.of(
                new Object(),
                new Date(),
                new StringBuilder(),
                new AtomicLong(),
                new int[0],
                new ArrayList<>(),
                List.of(1),
                Map.of(),
                Optional.of(1),
                new BigDecimal("1") {},
                new HoldsList(List.of()),
                new HoldsArray(new byte[0]),
                new HoldsObject("a"),
                new HoldsNumber(1),
                new HoldsOpenClass(BigDecimal.ONE),
                new HoldsSealed(new Leaf(new int[0])),
                new LoopWithList(null, List.of()),
                new Outer(new HoldsList(List.of())),
                new SubOfMarked(),
                new SubOfInheritedMark(),
                new HoldsOpenMarked(new OpenMarked()));
    }

    @ParameterizedTest
    @MethodSource("mutable")
    void whatMayChangeIsNeverTakenForImmutable(Object value) {
        assertThat(types.isImmutable(value)).isFalse();
    }

    @Test
    void arraysMayChange() {
        assertThat(types.isImmutable(new String[0])).isFalse();
        assertThat(types.isImmutable(new Colour[0])).isFalse();
        assertThat(types.isImmutable(new int[0])).isFalse();
    }

    @Test
    void mutuallyRecursiveRecordsAreDecidedTheSameInEitherOrder() {
        assertThat(new ImmutableTypes(name -> false).isImmutable(new Ping(null)))
                .isFalse();
        ImmutableTypes otherOrder = new ImmutableTypes(name -> false);
        assertThat(otherOrder.isImmutable(new Pong(null, new int[0]))).isFalse();
        assertThat(otherOrder.isImmutable(new Ping(null))).isFalse();
    }

    enum Colour {
        RED,
        WITH_BODY {
            @Override
            public String toString() {
                return "body";
            }
        }
    }

    record Point(int x, String name, Colour colour, ZoneId zone) {}

    record Line(Point from, @Nullable Point to) {}

    record Loop(String name, @Nullable Loop next, @Nullable UUID id) {}

    record LoopWithList(@Nullable LoopWithList next, List<String> names) {}

    record Ping(@Nullable Pong pong) {}

    @SuppressWarnings("ArrayRecordComponent") // to be found
    record Pong(@Nullable Ping ping, int[] numbers) {}

    record HoldsList(List<String> names) {}

    @SuppressWarnings("ArrayRecordComponent") // to be found
    record HoldsArray(byte[] bytes) {}

    record HoldsObject(Object any) {}

    record HoldsNumber(Number any) {}

    record HoldsOpenClass(BigDecimal price) {}

    sealed interface Node permits Leaf {}

    @SuppressWarnings("ArrayRecordComponent") // to be found
    record Leaf(int[] numbers) implements Node {}

    record HoldsSealed(Node node) {}

    record Outer(HoldsList inner) {}

    record HoldsMarked(Marked marked) {}

    record HoldsOpenMarked(OpenMarked marked) {}

    static final class Declared {}

    @Immutable
    static final class Marked {}

    @Immutable
    static class OpenMarked {}

    static final class SubOfMarked extends OpenMarked {}

    @Inherits.Immutable
    static class InheritedMark {}

    static final class SubOfInheritedMark extends InheritedMark {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface Immutable {}

    static final class Inherits {
        private Inherits() {}

        @java.lang.annotation.Inherited
        @Retention(RetentionPolicy.RUNTIME)
        @interface Immutable {}
    }
}
