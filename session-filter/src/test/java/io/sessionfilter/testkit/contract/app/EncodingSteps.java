package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Steps about the response's content type, encoding and language, and about its writer. Each gives the type and the encoding after it. */
final class EncodingSteps {
    /** Far more than a connection to nobody takes. */
    private static final int MOST_WRITES = 100_000;

    private EncodingSteps() {}

    static Map<String, Step> table() {
        Map<String, Step> steps = new HashMap<>();
        steps.put("encoding", head((response, arguments) -> response.setCharacterEncoding(arguments.get(0))));
        steps.put("encoding-null", head((response, arguments) -> response.setCharacterEncoding((String) null)));
        steps.put("encoding-charset", head((response, arguments) -> setCharset(response, arguments.get(0))));
        steps.put("content-type", head((response, arguments) -> response.setContentType(arguments.get(0))));
        steps.put("content-type-null", head((response, arguments) -> response.setContentType(null)));
        steps.put(
                "content-type-header",
                head((response, arguments) -> response.setHeader("Content-Type", arguments.get(0))));
        steps.put("locale", head((response, arguments) -> response.setLocale(Locale.forLanguageTag(arguments.get(0)))));
        steps.put("writer", head((response, arguments) -> response.getWriter()));
        steps.put("text", head((response, arguments) -> response.getWriter().print(arguments.get(0))));
        steps.put(
                "stream-text",
                head((response, arguments) -> response.getOutputStream().print(arguments.get(0))));
        steps.put("write-until-error", (call, arguments) -> {
            call.silence();
            return writesUntilError(call.response.getWriter());
        });
        return steps;
    }

    /** Comes with Servlet 6.1; older containers get its name. */
    private static void setCharset(HttpServletResponse response, String name) throws IOException {
        try {
            HttpServletResponse.class
                    .getMethod("setCharacterEncoding", Charset.class)
                    .invoke(response, Charset.forName(name));
        } catch (NoSuchMethodException e) {
            response.setCharacterEncoding(name);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String writesUntilError(PrintWriter writer) {
        String text = "x".repeat(1000);
        for (int i = 0; i < MOST_WRITES; i++) {
            writer.print(text);
            if (writer.checkError()) {
                return "noticed";
            }
        }
        return "unnoticed";
    }

    private static Step head(Head head) {
        return (call, arguments) -> {
            call.silence();
            head.set(call.response, arguments);
            return call.response.getContentType() + " " + call.response.getCharacterEncoding() + " "
                    + call.response.getLocale();
        };
    }

    @FunctionalInterface
    private interface Head {
        void set(HttpServletResponse response, List<String> arguments) throws IOException;
    }
}
