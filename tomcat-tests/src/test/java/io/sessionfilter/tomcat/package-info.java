/** The container contract on Tomcat: one code for all supported versions. */
@NullMarked
package io.sessionfilter.tomcat;

import org.jspecify.annotations.NullMarked;
