package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Steps on counters. The requests of one app node take turns to read and set one, as they have to in any container. */
final class CounterSteps {
    private static final ReentrantLock TURN = new ReentrantLock();

    private CounterSteps() {}

    static Map<String, Step> table() {
        return Map.of("count-up", (call, arguments) -> countUp(call.session(), arguments.get(0)));
    }

    private static int countUp(HttpSession session, String name) {
        TURN.lock();
        try {
            int count = session.getAttribute(name) instanceof Integer before ? before + 1 : 1;
            session.setAttribute(name, count);
            return count;
        } finally {
            TURN.unlock();
        }
    }
}
