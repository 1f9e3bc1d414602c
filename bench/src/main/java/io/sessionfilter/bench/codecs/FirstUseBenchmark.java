package io.sessionfilter.bench.codecs;

import io.sessionfilter.codec.AttributeCodec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** In a process that has just started a codec is made, writes one session and reads it. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FirstUseBenchmark {
    /** A codec and a session. */
    @State(Scope.Benchmark)
    public static class Work {
        /** Whose work it is. */
        @Param(CodecsHere.JAVA)
        public String codec = CodecsHere.JAVA;

        /** Which session. */
        @Param(Payloads.TYPICAL)
        public String payload = Payloads.TYPICAL;

        private Payload session;

        /** Called by JMH. */
        @Setup
        public void prepare() throws Exception {
            session = Payloads.named(payload);
        }
    }

    /** What is measured. */
    @Benchmark
    public List<Object> once(Work work) throws Exception {
        try (AttributeCodec codec = CodecsHere.create(work.codec, work.session.classLoader())) {
            return CodedSession.of(work.session, codec).read();
        }
    }
}
