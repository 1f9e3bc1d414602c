package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.sessionfilter.internal.servlet.ContainerCookie;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionFilterInitializerTest {
    private final ServletContext context = mock();
    private final SessionCookieConfig cookieConfig = mock();
    private final FilterRegistration.Dynamic registration = mock();
    private final Map<String, Object> attributes = new HashMap<>();
    private String containerCookie = "SID";

    SessionFilterInitializerTest() {
        when(context.getSessionCookieConfig()).thenReturn(cookieConfig);
        when(context.getServerInfo()).thenReturn("Some Container/1.0");
        when(context.getAttribute(anyString())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(context)
                .setAttribute(anyString(), any());
        when(cookieConfig.getName()).thenAnswer(call -> containerCookie);
        doAnswer(call -> containerCookie = call.getArgument(0))
                .when(cookieConfig)
                .setName(anyString());
        declare(SessionFilter.class);
    }

    @AfterEach
    void clear() {
        System.clearProperty("session-filter.enabled");
    }

    private void declare(Class<? extends Filter> filter) {
        doAnswer(call -> Map.of("sessions", registration)).when(context).getFilterRegistrations();
        when(registration.getName()).thenReturn("sessions");
        when(registration.getClassName()).thenReturn(filter.getName());
        when(registration.getUrlPatternMappings()).thenReturn(List.of("/*"));
        when(registration.getServletNameMappings()).thenReturn(List.of("one"));
    }

    private void start() {
        new SessionFilterInitializer().onStartup(null, context);
    }

    @Test
    void isFoundByContainers() {
        assertThat(ServiceLoader.load(ServletContainerInitializer.class))
                .hasAtLeastOneElementOfType(SessionFilterInitializer.class);
        assertThat(getClass().getResource("/META-INF/web-fragment.xml")).isNotNull();
    }

    @Test
    void addsWhatTheMappingsLack() {
        EnumSet<DispatcherType> added = EnumSet.complementOf(EnumSet.of(DispatcherType.REQUEST));

        start();

        verify(registration).addMappingForUrlPatterns(eq(added), eq(false), eq("/*"));
        verify(registration).addMappingForServletNames(eq(added), eq(false), eq("one"));
        verify(registration).setAsyncSupported(true);
    }

    @Test
    void configuredCookieNameIsOursAndTheContainerGetsAnother() {
        start();

        assertThat(containerCookie).isEqualTo("SID_container");
        assertThat(ContainerCookie.claimName(context)).isEqualTo("SID");
    }

    @Test
    void nameThatAListenerSetsLaterIsOurs() {
        start();
        containerCookie = "LATER";

        assertThat(ContainerCookie.claimName(context)).isEqualTo("LATER");
        assertThat(containerCookie).isEqualTo("LATER_container");
    }

    @Test
    void nameIsKeptWhereTheContainerNeedsIt() {
        when(context.getServerInfo()).thenReturn("Payara Micro #badassfish");

        start();

        assertThat(containerCookie).isEqualTo("SID");
        assertThat(ContainerCookie.claimName(context)).isEqualTo("SID");
    }

    @Test
    void cookieThatCanNoLongerBeRenamedIsNoReasonToFail() {
        doAnswer(call -> {
                    throw new IllegalStateException("too late");
                })
                .when(cookieConfig)
                .setName(anyString());

        assertThat(ContainerCookie.claimName(context)).isEqualTo("SID");
    }

    @Test
    void otherApplicationsAreLeftAlone() {
        declare(Filter.class);

        start();

        assertUntouched();
    }

    @Test
    void disabledFiltersAreLeftAlone() {
        when(registration.getInitParameter("enabled")).thenReturn("false");

        start();

        assertUntouched();
    }

    @Test
    void systemPropertyBeatsTheInitParamAndThatTheContextParam() {
        when(registration.getInitParameter("enabled")).thenReturn("true");
        when(context.getInitParameter("session-filter.enabled")).thenReturn("false");
        System.setProperty("session-filter.enabled", "false");

        start();
        assertUntouched();

        System.clearProperty("session-filter.enabled");
        start();
        assertThat(containerCookie).isEqualTo("SID_container");
    }

    private void assertUntouched() {
        assertThat(containerCookie).isEqualTo("SID");
        verify(registration, never()).addMappingForUrlPatterns(any(), anyBoolean(), any(String[].class));
        verify(registration, never()).setAsyncSupported(anyBoolean());
    }
}
