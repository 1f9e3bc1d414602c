/**
 * Time as it is passed in: nothing else in main code reads a clock.
 */
@NullMarked
package io.sessionfilter.internal.time;

import org.jspecify.annotations.NullMarked;
