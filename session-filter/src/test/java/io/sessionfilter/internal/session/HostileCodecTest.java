package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.Metrics.Counter;
import io.sessionfilter.internal.record.Segment;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** A codec throws what it should not: of one attribute, which must not harm the others. */
class HostileCodecTest {
    private final Metrics metrics = new Metrics();
    private final SessionUse session =
            new TestCluster().nonSticky("jvm1").manager.create(TestCluster.TIMEOUT_SECONDS);
    private final AttributeCoding coding = new AttributeCoding(new Throwing(), value -> true, null, metrics);

    @Test
    void anExceptionThatIsNotDeclaredMakesAnAttributeUnwritable() {
        assertThatThrownBy(() -> coding.encode("x", session))
                .isInstanceOf(AttributeCodecException.class)
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void anExceptionThatIsNotDeclaredMakesAnAttributeUnreadable() {
        Segment segment = Segment.of((byte) 99, 0, false, new byte[20], 14, 6);

        assertThat(coding.decode("a", segment, session)).isSameAs(LiveValue.UNREADABLE);
        assertThat(metrics.get(Counter.ATTRIBUTES_UNREADABLE)).isEqualTo(1);
    }

    private static final class Throwing implements AttributeCodec {
        @Override
        public String name() {
            return "throwing";
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
        public void encode(Object value, OutputStream sink) {
            throw new IllegalStateException("encode");
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length) {
            throw new StackOverflowError();
        }

        @Override
        public void close() {}
    }
}
