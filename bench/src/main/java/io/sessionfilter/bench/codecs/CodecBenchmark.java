package io.sessionfilter.bench.codecs;

import io.sessionfilter.bench.jmh.WarmUp;
import io.sessionfilter.codec.AttributeCodec;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole session is written, or read, by one thread. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {
    private static final long MOST_WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** What is done once. */
    public enum Operation {
        /** All attributes are written. */
        ENCODE,
        /** All attributes are read. */
        DECODE
    }

    /** A codec and a session. */
    @State(Scope.Benchmark)
    public static class Work {
        /** Whose work it is. */
        @Param(CodecsHere.JAVA)
        public String codec = CodecsHere.JAVA;

        /** Which session. */
        @Param(Payloads.TYPICAL)
        public String payload = Payloads.TYPICAL;

        /** What is done. */
        @Param("ENCODE")
        public Operation operation = Operation.ENCODE;

        private AttributeCodec worker;
        private Callable<Object> once;

        /** Called by JMH. */
        @Setup
        public void prepare() throws Exception {
            Payload session = Payloads.named(payload);
            worker = CodecsHere.create(codec, session.classLoader());
            CodedSession coded = CodedSession.of(session, worker);
            once = operation == Operation.ENCODE ? () -> CodedSession.of(session, worker) : coded::read;
            WarmUp.run(once, MOST_WARM_UP_NANOS);
        }

        /** Called by JMH. */
        @TearDown
        public void stop() {
            worker.close();
        }
    }

    /** What is measured. */
    @Benchmark
    public Object once(Work work) throws Exception {
        return work.once.call();
    }
}
