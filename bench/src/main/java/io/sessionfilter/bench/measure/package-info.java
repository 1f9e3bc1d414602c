/** What is read from the operating system, and what is made of many samples. */
@NullMarked
package io.sessionfilter.bench.measure;

import org.jspecify.annotations.NullMarked;
