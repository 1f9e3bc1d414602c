package io.sessionfilter.internal.session;

import io.sessionfilter.internal.store.StoredRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When this app node may take its near-cache's word without asking the store (DESIGN.md section 5): with sticky sessions, when the id's
 * route is its own and the copy was confirmed less than {@code validateAfter} ago; else never.
 *
 * @param sticky whether the balancer keeps a session's requests on one app node
 * @param route the name of this app node; {@code null}: it has none, and never trusts
 * @param validateAfter how old a confirmation may be
 */
public record TrustPolicy(boolean sticky, @Nullable String route, Duration validateAfter) {
    boolean mayTrust(SessionId id, StoredRecord known, long nowNanos, long renewalNanos) {
        return sticky
                && route != null
                && route.equals(id.route())
                && !known.isLost()
                && nowNanos - known.validatedNanos() < Math.min(validateAfter.toNanos(), renewalNanos);
    }
}
