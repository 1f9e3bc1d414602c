package io.sessionfilter.testkit.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test that succeeds even where no request ever has a session that outlives a call: {@link Provider#NONE}.
 *
 * <p>All others expect a live session, and the run without one checks that they notice its absence.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface HoldsWithoutSession {
    /** What the test is about instead. */
    String value();
}
