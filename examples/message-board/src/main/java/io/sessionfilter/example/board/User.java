package io.sessionfilter.example.board;

import java.io.Serializable;

/** Somebody who has logged in; kept in the session. Public, with getters, for the pages' expressions. */
public final class User implements Serializable {
    private static final long serialVersionUID = 1;

    private final long id;
    private final String name;
    private final String displayName;
    private final Role role;

    User(long id, String name, String displayName, Role role) {
        this.id = id;
        this.name = name;
        this.displayName = displayName;
        this.role = role;
    }

    long id() {
        return id;
    }

    public String getName() {
        return name;
    }

    public String getDisplayName() {
        return displayName;
    }

    public boolean isEditor() {
        return role == Role.EDITOR;
    }
}
