package io.sessionfilter.testkit.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An allowed difference: the container's own sessions do not do what this test expects of ours.
 *
 * <p>The native run checks that the test fails there, so that the list stays true; our run ignores it, unless the
 * difference is {@linkplain #oursToo the container's}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(NativeDiffers.List.class)
public @interface NativeDiffers {
    /** The containers: {@code tomcat-10.1}, or {@code tomcat} for all versions of it. */
    String[] on();

    /** What the container does instead, and why ours does not. */
    String because();

    /**
     * Whether ours cannot do better: the container does that to every response or request, whatever sessions it has.
     * Then our run checks it too.
     */
    boolean oursToo() default false;

    /** Several differences of one test. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface List {
        /** One for each kind of difference. */
        NativeDiffers[] value();
    }
}
