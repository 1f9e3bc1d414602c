package io.sessionfilter.merge;

import org.jspecify.annotations.Nullable;

/**
 * Makes one value of what two app nodes have made of one session attribute at the same time. Without one, the later of the two commits wins.
 *
 * <p>It is asked while a commit is made, when the application has set or changed the attribute, and another app node has stored another value of it that the
 * application did not see. It is asked for no other reason: within one app node, requests share the values of their session, and have to take turns as in any
 * container. A value that one side has removed is not merged: the later commit wins.
 *
 * <p>A counter adds what both have added: {@code mine + theirs - base}. A cart takes {@code theirs}, and does to it what was done from {@code base} to
 * {@code mine}.
 *
 * <p>Called by several threads at once, and again for a commit that has to be tried again: it must do nothing but return a value. It must not use the session. If
 * it throws, or its result cannot be stored, the later commit wins, with one WARN for each attribute.
 *
 * <p>Has a public constructor without parameters if it is named by the setting {@code attributeMergers}. All app nodes should have the same mergers.
 */
@FunctionalInterface
public interface AttributeMerger {
    /**
     * Merges. Each argument is a copy of its own, which may be changed and returned.
     *
     * @param base what the application had got of the session before it made {@code mine} of it; {@code null}: there was no such attribute
     * @param mine what this app node is about to store
     * @param theirs what is stored
     * @return what is to be stored
     */
    Object merge(@Nullable Object base, Object mine, Object theirs);
}
