package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a script: the request and response it works on, the session it holds, and the results so far. */
final class Call {
    private static final Map<String, Step> STEPS = new HashMap<>();

    static {
        STEPS.putAll(SessionSteps.table());
        STEPS.putAll(CounterSteps.table());
        STEPS.putAll(RequestSteps.table());
        STEPS.putAll(RecordedSteps.table());
        STEPS.putAll(ResponseSteps.table());
        STEPS.putAll(EncodingSteps.table());
        STEPS.putAll(DispatchSteps.table());
        STEPS.putAll(KeptSteps.table());
        STEPS.putAll(ListenerSteps.table());
        STEPS.putAll(ValueSteps.table());
        STEPS.putAll(AsyncSteps.table());
        STEPS.putAll(NonBlockingSteps.table());
    }

    final HttpServletRequest request;
    final HttpServletResponse response;
    private final List<String> results = new ArrayList<>();
    private @Nullable AsyncContext async;
    private @Nullable HttpSession held;
    private boolean silent;
    private boolean handedOver;

    Call(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    /**
     * Runs the steps; those after {@code async} run in a thread of their own, and those after {@code only ASYNC} in
     * dispatches of that type only. What {@code throw} throws leaves the servlet.
     */
    void run(Deque<String> steps) throws IOException, ServletException {
        while (!steps.isEmpty() && !handedOver) {
            String step = steps.removeFirst();
            if (step.startsWith("async")) {
                goOnInThread(step, steps);
            } else if (step.startsWith("only ")) {
                if (!step.endsWith(" " + request.getDispatcherType())) {
                    steps.clear();
                }
            } else {
                runOne(step);
            }
        }
        if (!handedOver && async == null) {
            writeResults();
        }
    }

    private void runOne(String step) throws IOException, ServletException {
        List<String> words = Arrays.asList(step.split(" ", -1));
        Step action = STEPS.get(words.get(0));
        if (action == null) {
            throw new ServletException("no such step: " + step);
        }
        if (words.get(0).equals("throw")) {
            record(step, "thrown");
            action.run(this, words.subList(1, words.size()));
            return;
        }
        try {
            record(step, String.valueOf(action.run(this, words.subList(1, words.size()))));
        } catch (IOException | ServletException | RuntimeException | LinkageError e) {
            record(step, "!" + e.getClass().getSimpleName());
        }
    }

    /**
     * {@code async} starts with {@code startAsync()}, {@code async-wrapped} with {@code startAsync(request,
     * response)}.
     */
    private void goOnInThread(String step, Deque<String> rest) {
        AsyncContext context =
                step.equals("async-wrapped") ? request.startAsync(request, response) : request.startAsync();
        context.setTimeout(20_000);
        Call later = new Call((HttpServletRequest) context.getRequest(), (HttpServletResponse) context.getResponse());
        later.async = context;
        later.results.addAll(results);
        Deque<String> steps = new java.util.ArrayDeque<>(rest);
        rest.clear();
        handedOver = true;
        Thread thread = new Thread(() -> later.runInThread(steps), "script");
        thread.setDaemon(true);
        thread.start();
    }

    private void runInThread(Deque<String> steps) {
        try {
            run(steps);
        } catch (IOException | ServletException | RuntimeException e) {
            record("thread", "!" + e);
        }
    }

    void record(String step, String result) {
        String line = step + " -> " + result;
        results.add(line);
        String name = request.getParameter("note");
        if (name != null) {
            Board.notes(name).add(line);
        }
    }

    /** The session that this run holds; asks for one, and holds it, if it holds none yet. */
    HttpSession session() {
        HttpSession session = held;
        if (session == null) {
            session = request.getSession();
            held = session;
        }
        return session;
    }

    @Nullable
    HttpSession held() {
        return held;
    }

    void hold(@Nullable HttpSession session) {
        if (session != null) {
            held = session;
        }
    }

    AsyncContext async() {
        AsyncContext context = async;
        if (context == null) {
            throw new IllegalStateException("not asynchronous");
        }
        return context;
    }

    /** The request goes on when the script is done: somebody else completes it. */
    void goOn(AsyncContext context) {
        async = context;
    }

    /** The script itself writes the response, or has sent it: the results go to the notes only. */
    void silence() {
        silent = true;
    }

    void writeResults() throws IOException {
        if (silent || response.isCommitted()) {
            return;
        }
        response.setContentType("text/plain;charset=UTF-8");
        PrintWriter writer = response.getWriter();
        for (String line : results) {
            writer.println(line);
        }
        results.clear();
    }
}
