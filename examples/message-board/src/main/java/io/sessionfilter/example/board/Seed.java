package io.sessionfilter.example.board;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The accounts and posts of the demonstration. Its passwords are well known: never for a database that matters. */
final class Seed {
    /** Everybody knows these passwords: a costly hash would protect nothing, and slow down each start. */
    private static final int ITERATIONS = 1_000;

    static final List<DemoAccount> ACCOUNTS = List.of(
            new DemoAccount("lin", "林晓 Lin Xiao", Role.READER, "river-lantern"),
            new DemoAccount("mei", "梅雨 Mei Yu", Role.READER, "plum-rain"),
            new DemoAccount("chen", "陈晨 Chen Chen", Role.EDITOR, "morning-press"));

    private record Entry(Kind kind, Status status, String author, int hoursAgo, String title, String body) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    Kind.ARTICLE,
                    Status.PUBLISHED,
                    "chen",
                    5,
                    "滨河步道本周六全线开放",
                    "历时两年的滨河步道改造工程完工，本周六上午九点起全线开放。步道全长六公里，连接东门码头与北湖公园，沿途新增十二处休息点和无障碍坡道。\n"
                            + "市政部门提醒：开放首日预计人流较大，请尽量乘坐公交前往。"),
            new Entry(
                    Kind.ARTICLE,
                    Status.PUBLISHED,
                    "chen",
                    27,
                    "Night market returns to Station Square",
                    "From Friday the night market is back on Station Square, with some eighty stalls and, for the first time, a corner for"
                            + " second-hand books.\nOpen from 6 p.m. to 11 p.m.; tram 4 runs until midnight."),
            new Entry(
                    Kind.ARTICLE,
                    Status.PUBLISHED,
                    "chen",
                    52,
                    "市图书馆延长开放时间",
                    "应读者要求，市图书馆自习区即日起延长开放至晚上十点，周末照常。借还书服务时间不变。"),
            new Entry(Kind.MESSAGE, Status.PUBLISHED, "lin", 3, "谢谢步道的施工师傅", "今早路过北湖，看到最后一段栏杆也装好了。两年里没断过人行通道，辛苦了！"),
            new Entry(
                    Kind.MESSAGE,
                    Status.PUBLISHED,
                    "mei",
                    20,
                    "Is there parking near the night market?",
                    "Coming from the north side with my parents, who do not walk well. Any advice from last year?"),
            new Entry(Kind.MESSAGE, Status.WAITING, "mei", 1, "希望图书馆增加插座", "自习区人多的时候抢不到插座，能不能在靠窗一排加一些？"));

    private final Map<String, String> passwordHashes = new HashMap<>();

    private Seed() {
        ACCOUNTS.forEach(
                account -> passwordHashes.put(account.getName(), Passwords.hash(account.getPassword(), ITERATIONS)));
    }

    /** Does the slow part, the hashing, before a transaction is begun. */
    static Seed prepare() {
        return new Seed();
    }

    void insert(Connection connection) throws SQLException {
        Map<String, Long> ids = new HashMap<>();
        for (DemoAccount account : ACCOUNTS) {
            ids.put(account.getName(), insertUser(connection, account));
        }
        Instant now = Instant.now();
        for (Entry entry : ENTRIES) {
            insertPost(connection, entry, ids, now.minus(entry.hoursAgo(), ChronoUnit.HOURS));
        }
    }

    private long insertUser(Connection connection, DemoAccount account) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into board_user (name, display_name, role, password_hash) values (?, ?, ?, ?)",
                new String[] {"id"})) {
            insert.setString(1, account.getName());
            insert.setString(2, account.displayName());
            insert.setString(3, account.role().name());
            insert.setString(4, passwordHashes.get(account.getName()));
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    private static void insertPost(Connection connection, Entry entry, Map<String, Long> ids, Instant postedAt)
            throws SQLException {
        boolean decided = entry.status() != Status.WAITING;
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into board_post (kind, status, title, body, author_id, posted_at, decided_by, decided_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, entry.kind().name());
            insert.setString(2, entry.status().name());
            insert.setString(3, entry.title());
            insert.setString(4, entry.body());
            insert.setObject(5, ids.get(entry.author()));
            insert.setObject(6, Posts.stored(postedAt));
            insert.setObject(7, decided ? ids.get("chen") : null);
            insert.setObject(8, decided ? Posts.stored(postedAt) : null);
            insert.executeUpdate();
        }
    }
}
