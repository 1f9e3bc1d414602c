package io.sessionfilter.merge;

import java.util.Map;

/**
 * Gives an application its mergers without a setting. Found by {@link java.util.ServiceLoader}: {@code
 * META-INF/services/io.sessionfilter.merge.AttributeMergerProvider} names it, in the application or in a library of it.
 *
 * <p>Has a public constructor without parameters. What the setting {@code attributeMergers} says of an attribute counts more.
 */
@FunctionalInterface
public interface AttributeMergerProvider {
    /**
     * Gives the mergers. Asked once, when the filter starts.
     *
     * @return by the names of their attributes
     */
    Map<String, AttributeMerger> mergers();
}
