package io.sessionfilter.example.board;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user is writing: an ordinary mutable bean in the session.
 *
 * <p>It is put there once, empty, and from then on changed in place: {@code getAttribute("draft")}, then the setters, and no
 * {@code setAttribute} after them. That such a change counts, and survives the app node that made it, is what the demonstration is about.
 */
public final class Draft implements Serializable {
    private static final long serialVersionUID = 1;

    static final int TITLE_LIMIT = 120;
    static final int BODY_LIMIT = 4000;

    private Kind kind = Kind.MESSAGE;
    private String title = "";
    private String body = "";
    private int saves;
    private @Nullable Instant savedAt;

    /** Takes over what the form sent, cut to what the database holds. */
    void save(Kind newKind, String newTitle, String newBody, Instant now) {
        kind = newKind;
        title = cut(newTitle.strip(), TITLE_LIMIT);
        body = cut(newBody.strip().replace("\r\n", "\n"), BODY_LIMIT);
        saves++;
        savedAt = now;
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end);
    }

    public boolean isComplete() {
        return !title.isEmpty() && !body.isEmpty();
    }

    public Kind getKind() {
        return kind;
    }

    public String getTitle() {
        return title;
    }

    public String getBody() {
        return body;
    }

    /** How often it was saved: each time in place. */
    public int getSaves() {
        return saves;
    }

    public @Nullable Instant getSavedAt() {
        return savedAt;
    }
}
