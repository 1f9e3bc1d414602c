package io.sessionfilter.testkit.contract;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Adds to each failure what went over the wire, turns around the tests that a container's own sessions, or none at all,
 * are known to fail, and records what became of each test.
 */
final class ContractExtension implements InvocationInterceptor {
    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> context, ExtensionContext extension)
            throws Throwable {
        run(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> context, ExtensionContext extension)
            throws Throwable {
        run(invocation, context);
    }

    private static void run(Invocation<Void> invocation, ReflectiveInvocationContext<Method> context) throws Throwable {
        ContractTest test = (ContractTest) context.getTarget().orElseThrow();
        Method method = context.getExecutable();
        Needs needs = method.getAnnotation(Needs.class);
        if (needs != null && !test.deployment().has(needs.value())) {
            invocation.skip();
            ContractResults.record(test.deployment(), method, Outcome.NOT_APPLICABLE);
            throw new TestAbortedException(
                    test.deployment().containerName() + " has no " + Arrays.toString(needs.value()));
        }
        try {
            Outcome outcome = test.deployment().provider() == Provider.NONE
                    ? withoutSession(invocation, test, method)
                    : withSession(invocation, test, method);
            ContractResults.record(test.deployment(), method, outcome);
        } catch (Throwable e) {
            ContractResults.record(test.deployment(), method, Outcome.FAILED);
            throw e;
        }
    }

    private static Outcome withSession(Invocation<Void> invocation, ContractTest test, Method method) throws Throwable {
        Optional<NativeDiffers> difference = difference(test.deployment(), method);
        try {
            invocation.proceed();
        } catch (AssertionError e) {
            if (difference.isEmpty()) {
                throw new AssertionError(e.getMessage() + wire(test), e);
            }
            return Outcome.DIFFERS;
        }
        if (difference.isPresent()) {
            throw new AssertionError("The sessions of " + test.deployment().containerName()
                    + " no longer differ here; they were listed because: "
                    + difference.get().because() + wire(test));
        }
        return Outcome.PASSED;
    }

    /** Without a session a test has to fail, however it does, unless it says why it does not. */
    private static Outcome withoutSession(Invocation<Void> invocation, ContractTest test, Method method)
            throws Throwable {
        HoldsWithoutSession exemption = method.getAnnotation(HoldsWithoutSession.class);
        try {
            invocation.proceed();
        } catch (AssertionError | RuntimeException e) {
            if (exemption != null && difference(test.deployment(), method).isEmpty()) {
                throw new AssertionError(
                        "fails without a session, though it is said to be about something else: " + exemption.value()
                                + wire(test),
                        e);
            }
            return Outcome.DIFFERS;
        }
        if (exemption == null) {
            throw new AssertionError("does not notice that there is no session" + wire(test));
        }
        return Outcome.PASSED;
    }

    private static String wire(ContractTest test) {
        return "\n\nWhat went over the wire:\n" + test.story();
    }

    private static Optional<NativeDiffers> difference(Deployment deployment, Method method) {
        return AnnotationSupport.findRepeatableAnnotations(method, NativeDiffers.class).stream()
                .filter(difference -> deployment.provider() == Provider.NATIVE || difference.oursToo())
                .filter(difference -> Arrays.stream(difference.on())
                        .anyMatch(name -> (deployment.containerName() + "-").startsWith(name + "-")))
                .findFirst();
    }
}
