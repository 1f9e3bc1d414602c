/** The container contract on Undertow, embedded: it knows no WAR, so one is read for it. */
@NullMarked
package io.sessionfilter.undertow;

import org.jspecify.annotations.NullMarked;
