/**
 * From init-params, context-params, environment and system properties to one immutable
 * {@link io.sessionfilter.internal.config.SessionFilterConfig}: every check of a setting, and every message about one,
 * is here. The settings themselves are listed in {@link io.sessionfilter.internal.config.Settings}: start there.
 * Imports no other package of ours, save the root's exception.
 */
@NullMarked
package io.sessionfilter.internal.config;

import org.jspecify.annotations.NullMarked;
