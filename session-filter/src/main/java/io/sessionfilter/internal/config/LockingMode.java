package io.sessionfilter.internal.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests have their session to themselves.
 *
 * @param requests to be matched by the whole of {@code METHOD URI?query}, or of the URI; {@code null}: none
 * @param isAuto whether it is {@code auto}, which is taken for {@code all}
 */
public record LockingMode(@Nullable Pattern requests, boolean isAuto) {
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);

    static final LockingMode NONE = new LockingMode(null, false);
    static final LockingMode ALL = new LockingMode(ANY, false);
    static final LockingMode AUTO = new LockingMode(ANY, true);
}
