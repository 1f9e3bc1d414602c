package io.sessionfilter.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class CodecSelfTestTest {
    @Test
    void theJavaCodecPassesWithLargeAndSmallLimits() {
        for (int limit : new int[] {2_048, Codecs.LIMIT, Integer.MAX_VALUE}) {
            JavaCodec codec =
                    new JavaCodec(getClass().getClassLoader(), new ClassAllowList(java.util.List.of()), limit);

            assertThatCode(() -> CodecSelfTest.run(codec, limit)).doesNotThrowAnyException();
        }
    }

    @Test
    void itsProbesAreAllowedAlsoWhenTheyComeFromOurJar() {
        ClassPatterns shipped = new ClassPatterns(ClassAllowList.shippedPatterns());

        for (Class<?> probe : CodecSelfTest.class.getDeclaredClasses()) {
            assertThat(shipped).accepts(probe.getName());
        }
    }

    @Test
    void aCodecThatThrowsIsNamedWithReasonAndWayOut() {
        assertThatThrownBy(() -> CodecSelfTest.run(new Broken(null), Codecs.LIMIT))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("the codec \"broken\" cannot be used in this JVM")
                .hasMessageContaining("a short string: no such luck")
                .hasMessageContaining("Configure another codec");
    }

    @Test
    void aCodecThatReadsSomethingElseFails() {
        assertThatThrownBy(() -> CodecSelfTest.run(new Broken("something else"), Codecs.LIMIT))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("what was read is not what was written");
    }

    private record Broken(@org.jspecify.annotations.Nullable String answer) implements AttributeCodec {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public byte id() {
            return 99;
        }

        @Override
        public int fingerprint() {
            return 0;
        }

        @Override
        public void encode(Object value, OutputStream sink) {}

        @Override
        public Object decode(byte[] bytes, int offset, int length) throws AttributeCodecException {
            if (answer == null) {
                throw new AttributeCodecException("no such luck");
            }
            return answer;
        }

        @Override
        public void close() {}
    }
}
