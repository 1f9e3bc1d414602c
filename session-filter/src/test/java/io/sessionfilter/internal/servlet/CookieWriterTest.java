package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.sessionfilter.internal.config.CookieSecure;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On containers that show cookies as headers, as Tomcat and Jetty do, and drop attributes that they do not know. */
class CookieWriterTest {
    private final List<String> headers = new ArrayList<>();
    private final HttpServletRequest request = mock();
    private final HttpServletResponse response = mock();

    CookieWriterTest() {
        when(request.getDispatcherType()).thenReturn(DispatcherType.REQUEST);
        when(response.getHeaders("Set-Cookie")).thenAnswer(call -> List.copyOf(headers));
        doAnswer(call -> {
                    Cookie cookie = call.getArgument(0);
                    return headers.add(cookie.getName() + "=" + cookie.getValue() + "; Path=" + cookie.getPath()
                            + (cookie.getMaxAge() == 0 ? "; Max-Age=0" : ""));
                })
                .when(response)
                .addCookie(any());
        doAnswer(call -> {
                    headers.clear();
                    return headers.add(call.getArgument(1));
                })
                .when(response)
                .setHeader(eq("Set-Cookie"), anyString());
        doAnswer(call -> headers.add(call.getArgument(1))).when(response).addHeader(eq("Set-Cookie"), anyString());
    }

    private CookieWriter writer(Map<String, String> others) {
        return new CookieWriter(
                new SessionCookie("SID", "/", null, -1, CookieSecure.AUTO, true, others), request, response);
    }

    @Test
    void replacedCookieIsTheOnlyOneAndForeignOnesStay() {
        CookieWriter writer = writer(Map.of());
        headers.add("SID=elsewhere; Path=/elsewhere");

        writer.send("one", null);
        headers.add("other=1");
        writer.send("two", null);
        writer.send("two", null);

        assertThat(headers).containsExactly("SID=elsewhere; Path=/elsewhere", "other=1", "SID=two; Path=/");
    }

    @Test
    void cookieThatTheClientHasIsNotSent() {
        CookieWriter writer = writer(Map.of());
        writer.send("one", "one");

        assertThat(headers).isEmpty();
    }

    @Test
    void expiredCookieIsReplacedByTheNextSession() {
        CookieWriter writer = writer(Map.of());

        writer.expire(true);
        assertThat(headers).containsExactly("SID=; Path=/; Max-Age=0");

        writer.send("two", null);
        assertThat(headers).containsExactly("SID=two; Path=/");
    }

    @Test
    void clientWithoutACookieNeedNotForgetIt() {
        writer(Map.of()).expire(false);

        assertThat(headers).isEmpty();
    }

    @Test
    void attributesThatTheContainerDropsAreCompleted() {
        CookieWriter writer = writer(Map.of("Partitioned", ""));

        writer.send("one", null);
        writer.send("two", null);

        assertThat(headers).containsExactly("SID=two; Path=/; Partitioned");
    }

    @Test
    void cookieThatGotLostIsWrittenAgain() {
        CookieWriter writer = writer(Map.of());
        writer.send("one", null);

        headers.clear();
        writer.ensure();
        writer.ensure();
        assertThat(headers).containsExactly("SID=one; Path=/");

        headers.clear();
        writer.again();
        writer.again();
        assertThat(headers).containsExactly("SID=one; Path=/");
    }

    @Test
    void parameterInUrlsHasTheNameThatTheApplicationGaveTheCookie() {
        assertThat(named("JSESSIONID").urlParameter()).isEqualTo("jsessionid");
        assertThat(named("ShopSession").urlParameter()).isEqualTo("ShopSession");
    }

    private static SessionCookie named(String name) {
        return new SessionCookie(name, "/", null, -1, CookieSecure.AUTO, true, Map.of());
    }
}
