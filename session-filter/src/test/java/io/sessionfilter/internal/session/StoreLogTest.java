package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sessionfilter.internal.session.TestCluster.AppNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StoreLogTest {
    private final TestCluster cluster = new TestCluster();
    private final AppNode one = cluster.nonSticky("jvm1");
    private final Logger logger = (Logger) LoggerFactory.getLogger(StoreLog.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    @Test
    void anOutageIsOneErrorHoweverManySessionsItConcerns() {
        List<SessionId> ids = List.of(one.createSession("a", "0"), one.createSession("a", "0"));
        for (int outage = 0; outage < 2; outage++) {
            cluster.memcached.goDown();
            for (int i = 0; i < 5; i++) {
                for (SessionId id : ids) {
                    one.write(id, "a", outage + "-" + i);
                }
            }
            cluster.memcached.comeBack();
            for (SessionId id : ids) {
                one.open(id).commit();
            }
        }

        assertThat(errors())
                .hasSize(2)
                .allSatisfy(message -> assertThat(message).contains("memcached node n1"));
    }

    @Test
    void anOversizedSessionIsOneErrorHoweverOftenItIsTried() {
        SessionId id = one.createSession("a", "0");
        one.write(id, "big", "x".repeat(2_000_000));
        one.write(id, "a", "1");
        one.write(id, "a", "2");

        assertThat(errors()).hasSize(1);
    }

    @Test
    void anUnserializableAttributeIsOneWarningThatNamesItAndItsClass() {
        for (int i = 0; i < 3; i++) {
            SessionUse session = one.manager.create(60);
            session.setAttribute("connection", new Object());
            session.commit();
            one.write(session.id(), "a", "1");
        }

        assertThat(errors()).isEmpty();
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("\"connection\"", "java.lang.Object", "kept on this app node only");
    }

    @Test
    void anUnserializableAttributeOfAnotherClassIsAnotherWarning() {
        for (Object value : List.of(new Object(), new Thread(() -> {}))) {
            SessionUse session = one.manager.create(60);
            session.setAttribute("connection", value);
            session.commit();
        }

        assertThat(warnings()).hasSize(2);
    }

    @Test
    void sessionsThatNobodyKnowsOfAreOneWarningPerOutage() {
        AppNode two = cluster.nonSticky("jvm2");
        List<SessionId> ids = List.of(one.createSession("a", "0"), one.createSession("a", "0"));
        for (int outage = 0; outage < 2; outage++) {
            cluster.memcached.goDown();
            ids.forEach(two.manager::open);
            ids.forEach(two.manager::open);
            cluster.memcached.comeBack();
            two.write(ids.get(0), "a", "again" + outage);
        }

        assertThat(appender.list.stream().filter(event -> event.getLevel() == Level.WARN))
                .hasSize(2)
                .allSatisfy(event ->
                        assertThat(event.getFormattedMessage()).contains("may or may not exist", "memcached node n1"));
    }

    @Test
    void noMessageShowsAWholeSessionKey() {
        SessionId id = one.createSession("a", "0");
        one.write(id, "big", "x".repeat(2_000_000));
        one.write(id, "bad", new Object());
        cluster.memcached.goDown();
        one.write(id, "a", "1");

        assertThat(appender.list).isNotEmpty();
        assertThat(appender.list).noneMatch(event -> event.getFormattedMessage().contains(id.key()));
    }

    private List<String> errors() {
        return messages(Level.ERROR);
    }

    private List<String> warnings() {
        return messages(Level.WARN);
    }

    private List<String> messages(Level level) {
        return appender.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
