package io.sessionfilter.example.board;

/** An account of the demonstration, whose password is no secret. Public, with getters, for the login page's expressions. */
public final class DemoAccount {
    private final String name;
    private final String displayName;
    private final Role role;
    private final String password;

    DemoAccount(String name, String displayName, Role role, String password) {
        this.name = name;
        this.displayName = displayName;
        this.role = role;
        this.password = password;
    }

    public String getName() {
        return name;
    }

    String displayName() {
        return displayName;
    }

    Role role() {
        return role;
    }

    public String getPassword() {
        return password;
    }

    public boolean isEditor() {
        return role == Role.EDITOR;
    }
}
