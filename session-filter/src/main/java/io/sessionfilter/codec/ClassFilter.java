package io.sessionfilter.codec;

/** Decides which classes a session may hold: asked by every codec, when it writes and when it reads. Safe for use by many threads. */
public interface ClassFilter {
    /**
     * Whether a value of this class may be read from a session.
     *
     * @param type a class, not an array: of an array its element type is asked for; loaded but perhaps not initialized
     * @return whether it is allowed
     */
    boolean allows(Class<?> type);

    /**
     * What to tell a user whose class is refused: the setting that would allow it.
     *
     * @param className the refused class
     * @return a sentence that names setting and value
     */
    String howToAllow(String className);
}
