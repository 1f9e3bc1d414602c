package io.sessionfilter.testkit.contract;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The contract was there before the filter: ours runs as soon as the class {@code io.sessionfilter.SessionFilter} exists. */
final class WhenTheLibraryIsThere implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return getClass().getResource("/io/sessionfilter/SessionFilter.class") == null
                ? ConditionEvaluationResult.disabled("there is no io.sessionfilter.SessionFilter yet")
                : ConditionEvaluationResult.enabled("there is io.sessionfilter.SessionFilter");
    }
}
