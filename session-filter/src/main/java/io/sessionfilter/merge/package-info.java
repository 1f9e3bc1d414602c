/**
 * The interface between session-filter and what makes one value of two that were stored at the same time: an {@link
 * io.sessionfilter.merge.AttributeMerger}, named by the setting {@code attributeMergers} or given by an {@link
 * io.sessionfilter.merge.AttributeMergerProvider}. Imports nothing but {@code java}.
 */
@NullMarked
package io.sessionfilter.merge;

import org.jspecify.annotations.NullMarked;
