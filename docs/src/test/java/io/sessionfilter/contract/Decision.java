package io.sessionfilter.contract;

import java.util.List;

/**
 * What became of one test on one container.
 *
 * @param container as {@code tomcat-11}
 * @param sessions whose: {@code native} or {@code ours}
 * @param assertions the numbers that the test decides
 * @param test class and method
 * @param outcome {@code passed}, {@code differs}, {@code failed} or {@code not applicable}
 */
record Decision(String container, String sessions, List<Integer> assertions, String test, String outcome) {
    boolean isOn(String otherContainer, String otherSessions) {
        return container.equals(otherContainer) && sessions.equals(otherSessions);
    }

    boolean isOutcome(String other) {
        return outcome.equals(other);
    }
}
