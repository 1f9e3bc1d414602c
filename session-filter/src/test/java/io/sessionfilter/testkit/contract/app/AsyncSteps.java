package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Steps that make a request asynchronous without leaving the servlet's thread, and listen to what becomes of it. */
final class AsyncSteps {
    private AsyncSteps() {}

    static Map<String, Step> table() {
        Map<String, Step> steps = new HashMap<>();
        steps.put("start-async", (call, arguments) -> started(call, call.request.startAsync()));
        steps.put(
                "start-async-wrapped",
                (call, arguments) -> started(call, call.request.startAsync(call.request, call.response)));
        steps.put(
                "start-async-plain",
                (call, arguments) -> started(
                        call,
                        call.request.startAsync(
                                new ServletRequestWrapper(call.request), new ServletResponseWrapper(call.response))));
        steps.put("original", (call, arguments) -> call.async().hasOriginalRequestAndResponse());
        steps.put("same-async", (call, arguments) -> call.request.getAsyncContext() == call.async());
        steps.put("timeout", (call, arguments) -> {
            call.async().setTimeout(Long.parseLong(arguments.get(0)));
            return "done";
        });
        steps.put("listen", (call, arguments) -> {
            call.async().addListener(new Listener(call, arguments));
            return "done";
        });
        return steps;
    }

    private static String started(Call call, AsyncContext context) {
        context.setTimeout(20_000);
        call.goOn(context);
        return "started";
    }

    /** {@code listen timeout a 1 complete}: what happens, the attribute that it sets then, and whether it completes the request. */
    private static final class Listener implements AsyncListener {
        private final Call call;
        private final List<String> words;

        Listener(Call call, List<String> words) {
            this.call = call;
            this.words = words;
        }

        private void happened(String what, AsyncEvent event) {
            if (!words.get(0).equals(what)) {
                return;
            }
            AsyncContext context = event.getAsyncContext();
            ((HttpServletRequest) context.getRequest()).getSession().setAttribute(words.get(1), words.get(2));
            call.record(what, context == call.async() ? "same" : "another");
            if (words.size() > 3) {
                context.complete();
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            happened("timeout", event);
        }

        @Override
        public void onError(AsyncEvent event) {
            happened("error", event);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            if (words.get(0).equals("complete")) {
                call.record("complete", "heard");
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
