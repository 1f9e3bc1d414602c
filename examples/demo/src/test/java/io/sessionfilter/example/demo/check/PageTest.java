package io.sessionfilter.example.demo.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final Page PAGE = new Page(URI.create("http://127.0.0.1/draft"), 200, """
            <form class="who" method="post" action="/logout"><input type="hidden" name="csrf" value="t1"></form>
            <form method="post" action="/draft">
              <input type="hidden" name="csrf" value="t2">
              <input id="title" name="title" value="&lt;夜&gt; &amp;amp; &quot;x&quot;">
              <textarea id="body" name="body" rows="9">
            One.
            Two &#39;2&#39;.</textarea>
              <b id="saves">3</b>
            </form>
            <p><code>lin</code> / <code>secret</code></p>
            <footer data-app-node="jvm2" data-container="jetty/12" data-memcached-node="n1" data-moves="4"></footer>
            """);

    @Test
    void aFormSendsWhatItsFieldsHold() {
        assertThat(PAGE.form("/draft").fields())
                .isEqualTo(Map.of("csrf", "t2", "title", "<夜> &amp; \"x\"", "body", "One.\nTwo '2'."));
    }

    @Test
    void theDraftIsReadFromItsForm() {
        assertThat(PAGE.draft()).isEqualTo(new Page.DraftSeen("<夜> &amp; \"x\"", "One.\nTwo '2'.", 3));
    }

    @Test
    void theFooterTellsWhoAnswered() {
        assertThat(PAGE.appNode()).isEqualTo("jvm2");
        assertThat(PAGE.container()).isEqualTo("jetty/12");
        assertThat(PAGE.memcachedNode()).isEqualTo("n1");
        assertThat(PAGE.moves()).isEqualTo(4);
    }

    @Test
    void theAccountsAreReadFromTheLogInPage() {
        assertThat(Writer.password(PAGE, "lin")).isEqualTo("secret");
    }

    @Test
    void aFormThatIsMissingIsNamedWithThePage() {
        assertThatThrownBy(() -> PAGE.form("/desk"))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("/desk")
                .hasMessageContaining("/draft (status 200)");
    }
}
