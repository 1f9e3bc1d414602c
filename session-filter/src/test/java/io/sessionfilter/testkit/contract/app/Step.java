package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a script: {@code set a 1} is the step {@code set} with the arguments {@code a} and {@code 1}. */
@FunctionalInterface
interface Step {
    /**
     * Runs the step.
     *
     * @return what the answer shows for the step; an exception is shown by its name, and the script goes on
     */
    @Nullable
    Object run(Call call, List<String> arguments) throws IOException, ServletException;
}
