/**
 * What is counted, and how JMX shows it. Imports {@code java} only.
 */
@NullMarked
package io.sessionfilter.internal.metrics;

import org.jspecify.annotations.NullMarked;
