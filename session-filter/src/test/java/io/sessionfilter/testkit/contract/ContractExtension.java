package io.sessionfilter.testkit.contract;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Adds to each failure what went over the wire, and turns around the tests that a container's own sessions are known
 * to fail.
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
        Optional<NativeDiffers> difference = difference(test.deployment(), context.getExecutable());
        try {
            invocation.proceed();
        } catch (AssertionError e) {
            if (difference.isEmpty()) {
                throw new AssertionError(e.getMessage() + "\n\nWhat went over the wire:\n" + test.story(), e);
            }
            return;
        }
        if (difference.isPresent()) {
            throw new AssertionError("The sessions of " + test.deployment().containerName()
                    + " no longer differ here; they were listed because: "
                    + difference.get().because() + "\n\nWhat went over the wire:\n" + test.story());
        }
    }

    private static Optional<NativeDiffers> difference(Deployment deployment, Method method) {
        if (deployment.provider() != Provider.NATIVE) {
            return Optional.empty();
        }
        return AnnotationSupport.findRepeatableAnnotations(method, NativeDiffers.class).stream()
                .filter(difference -> Arrays.stream(difference.on())
                        .anyMatch(name -> (deployment.containerName() + "-").startsWith(name + "-")))
                .findFirst();
    }
}
