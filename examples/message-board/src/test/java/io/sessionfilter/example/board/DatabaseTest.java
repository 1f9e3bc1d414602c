package io.sessionfilter.example.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Schema, accounts and posts, in a database of each test's own. */
class DatabaseTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final Database database =
            new Database("org.h2.Driver", "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=MSSQLServer", "board", "secret");
    private Connection keepsTheDatabaseAlive;

    @BeforeEach
    void open() throws SQLException {
        keepsTheDatabaseAlive = database.connect();
    }

    @AfterEach
    void close() throws SQLException {
        keepsTheDatabaseAlive.close();
    }

    @Test
    void twoAppNodesThatStartTogetherMakeOneDatabase() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Void> start = () -> {
            together.await();
            Schema.create(database);
            Schema.seed(database);
            return null;
        };
        ExecutorService appNodes = Executors.newFixedThreadPool(2);
        List<Future<Void>> starts = appNodes.invokeAll(List.of(start, start));
        appNodes.shutdown();

        for (Future<Void> each : starts) {
            each.get();
        }
        assertThat(new Posts(database).published(Kind.ARTICLE)).hasSize(3);
        assertThat(new Posts(database).waiting()).hasSize(1);
    }

    @Test
    void aDatabaseInUseIsLeftAsItIs() throws SQLException {
        makeReady();
        post("Mine");

        makeReady();

        assertThat(new Posts(database).waiting()).extracting(Post::getTitle).contains("Mine");
    }

    @Test
    void theAccountsOfTheDemonstrationLogIn() throws SQLException {
        makeReady();

        for (DemoAccount account : Seed.ACCOUNTS) {
            assertThat(new Users(database).authenticate(account.getName(), account.getPassword()))
                    .hasValueSatisfying(user -> {
                        assertThat(user.getName()).isEqualTo(account.getName());
                        assertThat(user.isEditor()).isEqualTo(account.isEditor());
                    });
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAreRefusedAlike() throws SQLException {
        makeReady();

        assertThat(new Users(database).authenticate("lin", "guess")).isEmpty();
        assertThat(new Users(database).authenticate("nobody", "")).isEmpty();
    }

    @Test
    void aPostIsPublicOnceAnEditorHasPublishedIt() throws SQLException {
        makeReady();
        Posts posts = new Posts(database);
        long id = post("夜市 <b>");
        assertThat(posts.findPublished(id)).isEmpty();

        assertThat(posts.decide(id, Status.PUBLISHED, user("chen"), NOW)).isTrue();

        assertThat(posts.findPublished(id)).hasValueSatisfying(post -> {
            assertThat(post.getTitle()).isEqualTo("夜市 <b>");
            assertThat(post.getAuthor()).isEqualTo(user("lin").getDisplayName());
            assertThat(post.getPostedAt()).isEqualTo(NOW);
        });
        assertThat(posts.waiting()).extracting(Post::getId).doesNotContain(id);
    }

    @Test
    void aPostIsDecidedOnce() throws SQLException {
        makeReady();
        Posts posts = new Posts(database);
        long id = post("Twice");
        posts.decide(id, Status.REJECTED, user("chen"), NOW);

        boolean again = posts.decide(id, Status.PUBLISHED, user("chen"), NOW.plus(1, ChronoUnit.SECONDS));

        assertThat(again).isFalse();
        assertThat(posts.findPublished(id)).isEmpty();
    }

    @Test
    void aDriverThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new Database("com.example.NoDriver", "jdbc:x", "", ""))
                .hasMessageContaining("board.db.driver")
                .hasMessageContaining("com.example.NoDriver");
    }

    @Test
    void aUrlThatTheDriverDoesNotKnowIsNamed() {
        Database wrong = new Database("org.h2.Driver", "jdbc:sqlserver://dbhost", "", "");

        assertThatThrownBy(wrong::connect)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("board.db.url")
                .hasMessageContaining("jdbc:sqlserver://dbhost");
    }

    private void makeReady() throws SQLException {
        Schema.create(database);
        Schema.seed(database);
    }

    private User user(String name) {
        DemoAccount account = Seed.ACCOUNTS.stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        try {
            return new Users(database).authenticate(name, account.getPassword()).orElseThrow();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private long post(String title) throws SQLException {
        Draft draft = new Draft();
        draft.save(Kind.MESSAGE, title, "Text", NOW);
        Posts posts = new Posts(database);
        posts.add(draft, user("lin"), NOW);
        return posts.waiting().stream()
                .filter(post -> post.getTitle().equals(title))
                .findFirst()
                .orElseThrow()
                .getId();
    }
}
