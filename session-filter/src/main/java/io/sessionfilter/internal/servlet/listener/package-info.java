/**
 * The application's session listeners: told of events, in the specification's order; and found where no container can be asked. Start at
 * {@link io.sessionfilter.internal.servlet.listener.SessionListeners}. Public for the servlet package, which asks the containers and makes the
 * session views. May import {@code session}.
 */
@NullMarked
package io.sessionfilter.internal.servlet.listener;

import org.jspecify.annotations.NullMarked;
