package io.sessionfilter.bench.jmh;

import io.sessionfilter.SessionFilter;
import io.sessionfilter.bench.app.Workload;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One request after the other, of one session, through Tomcat's pipeline without a socket. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RequestBenchmark {
    /** Whose sessions there are. */
    public enum Sessions {
        /** The container's own. */
        CONTAINER,
        /** Ours: sticky, two copies. */
        OURS,
        /** Ours, with nothing around the filter: no container, no application. */
        FILTER_ALONE
    }

    /** What is done once. */
    @FunctionalInterface
    private interface Request {
        Object run() throws Exception;
    }

    /** A server with one session. */
    @State(Scope.Benchmark)
    public static class Server {
        /** Whose sessions. */
        @Param("OURS")
        public Sessions sessions = Sessions.OURS;

        /** What the request does. */
        @Param("READ")
        public Workload workload = Workload.READ;

        /** How large the session is. */
        @Param("2000")
        public int bytes;

        private InProcessTomcat tomcat;
        private Request request;

        /** Called by JMH. */
        @Setup
        public void start() throws Exception {
            SessionFilter filter = new SessionFilter();
            tomcat = new InProcessTomcat((classes, context) -> {
                if (sessions != Sessions.CONTAINER) {
                    OurSessions.register(filter, context, JmhCases.memcachedPorts(), Map.of());
                }
            });
            String cookie = tomcat.begin(bytes);
            if (sessions == Sessions.FILTER_ALONE) {
                request = throughFilterAlone(filter, cookie);
            } else {
                InProcessTomcat.Exchange exchange = tomcat.exchange(workload, cookie);
                request = exchange::run;
            }
            WarmUp.run(request::run);
        }

        private static Request throughFilterAlone(SessionFilter filter, String cookie) {
            UntouchedRequest untouched = new UntouchedRequest(cookie);
            HttpServletResponse response = UntouchedRequest.response();
            FilterChain chain = (request, answer) -> {};
            return () -> {
                untouched.recycle();
                filter.doFilter(untouched, response, chain);
                return untouched;
            };
        }

        /** Called by JMH. */
        @TearDown
        public void stop() throws Exception {
            tomcat.close();
        }
    }

    /** What is measured. */
    @Benchmark
    public Object request(Server server) throws Exception {
        return server.request.run();
    }
}
