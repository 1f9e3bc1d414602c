package io.sessionfilter.internal.servlet;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds in a stack who asked the container for a session. */
final class SessionCreator {
    /** Where containers, the JDK and we live: not whom users can do anything about, if there is anybody else. */
    private static final String[] MACHINERY = {
        "java.",
        "javax.",
        "jdk.",
        "sun.",
        "jakarta.",
        "org.apache.catalina.",
        "org.apache.coyote.",
        "org.apache.tomcat.",
        "org.eclipse.jetty.",
        "io.undertow.",
        "org.wildfly.",
        "org.xnio.",
        "org.jboss.threads.",
        "com.ibm.ws.",
        "io.openliberty.",
        "io.sessionfilter.internal.",
        "io.sessionfilter.SessionFilter"
    };

    private SessionCreator() {}

    /**
     * The caller of the container's {@code getSession}; if that is the container itself, as in its form login, also who called that.
     *
     * @param stack of the container's session listener, the latest call first
     * @return class and method
     */
    static String in(StackTraceElement[] stack) {
        Optional<StackTraceElement> outside =
                Arrays.stream(stack).filter(frame -> !isMachinery(frame)).findFirst();
        Optional<StackTraceElement> caller = caller(stack);
        return Stream.of(caller, outside)
                .flatMap(Optional::stream)
                .distinct()
                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                .reduce((inner, outer) -> inner + ", called within " + outer)
                .orElse("a caller that the stack does not show");
    }

    /** Whoever comes behind the container's methods that give a session. */
    private static Optional<StackTraceElement> caller(StackTraceElement[] stack) {
        boolean inGetSession = false;
        for (StackTraceElement frame : stack) {
            boolean givesSession = isMachinery(frame)
                    && frame.getMethodName().toLowerCase(java.util.Locale.ROOT).contains("getsession");
            if (inGetSession && !givesSession) {
                return Optional.of(frame);
            }
            inGetSession = givesSession;
        }
        return Optional.empty();
    }

    private static boolean isMachinery(StackTraceElement frame) {
        return Arrays.stream(MACHINERY).anyMatch(frame.getClassName()::startsWith);
    }
}
