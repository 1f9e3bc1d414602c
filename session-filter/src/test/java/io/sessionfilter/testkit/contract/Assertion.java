package io.sessionfilter.testkit.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which assertions of {@code docs/servlet-contract.md} a test decides, by their numbers there. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Assertion {
    /** At least one number. */
    int[] value();
}
