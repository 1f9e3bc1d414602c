package io.sessionfilter.example.demo.check;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Somebody with an account and a browser. */
final class Writer {
    private final Browser browser;

    private Writer(Browser browser) {
        this.browser = browser;
    }

    /** Logs in, by the accounts that the log-in page of the demonstration names. */
    static Writer logIn(Browser browser, String name) throws IOException, InterruptedException {
        Page login = browser.open("/login");
        Page after = browser.submit(login.form("/login"), Map.of("name", name, "password", password(login, name)));
        if (after.status() != 200
                || after.forms().stream().noneMatch(form -> form.action().equals("/logout"))) {
            throw new CheckFailed(name + " could not log in: " + after);
        }
        return new Writer(browser);
    }

    static String password(Page login, String name) {
        List<String> codes = login.codes();
        int at = codes.indexOf(name);
        if (at < 0) {
            throw new CheckFailed("the log-in page does not name the account of " + name);
        }
        return codes.get(at + 1);
    }

    Browser browser() {
        return browser;
    }

    /** Opens the draft page; fails if that is not what comes. */
    Page draft() throws IOException, InterruptedException {
        return mustBe("/draft", browser.open("/draft"));
    }

    /** Saves the draft with the form of the page given, and returns the draft page that comes back. */
    Page save(Page draftPage, String title, String body) throws IOException, InterruptedException {
        return mustBe("/draft", browser.submit(draftPage.form("/draft"), Map.of("title", title, "body", body)));
    }

    Page preview(Page draftPage) throws IOException, InterruptedException {
        return mustBe("/draft/preview", browser.submit(draftPage.form("/draft"), "/draft/preview", Map.of()));
    }

    Page post(Page preview) throws IOException, InterruptedException {
        return mustBe("/", browser.submit(preview.form("/draft/post"), Map.of()));
    }

    Page logOut(Page page) throws IOException, InterruptedException {
        return mustBe("/", browser.submit(page.form("/logout"), Map.of()));
    }

    private static Page mustBe(String path, Page page) {
        if (page.status() != 200 || !page.uri().getPath().equals(path)) {
            throw new CheckFailed("expected " + path + ", but was " + page);
        }
        return page;
    }
}
