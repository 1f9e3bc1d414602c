package io.sessionfilter.testkit.codec;

/** What a codec made of a value. The first four are answers that it may give, and that are listed; the others never. */
public enum Verdict {
    /** An equal value of the same class; what was one object is one object. */
    OK("ok"),

    /** Equal content in another class of the same interface. */
    OTHER_CLASS("other class"),

    /** Equal content; what was one object in two places is two objects. */
    UNLINKED("unlinked"),

    /** An exception when it is written, or, where a class has changed since, when it is read. */
    REFUSED("refused"),

    /** Written, and cannot be read again, though no class has changed. */
    UNREADABLE("UNREADABLE"),

    /** Something else was read than was written, and nobody was told. */
    WRONG("WRONG");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** Whether a codec may give this answer. */
    public boolean isHonest() {
        return this != UNREADABLE && this != WRONG;
    }

    /** As the table has it. */
    @Override
    public String toString() {
        return word;
    }
}
