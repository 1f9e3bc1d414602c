package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.sessionfilter.SessionAccessor;
import io.sessionfilter.SessionFilter;
import io.sessionfilter.SessionFilterInitializer;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** Our classes on Servlet 6.0, as frameworks and JSP's expression language look at them. */
class OldestServletApiTest {
    private static URLClassLoader servlet60() throws Exception {
        URL api = Path.of("target", "servlet-6.0", "servlet-api.jar").toUri().toURL();
        return new URLClassLoader(
                new URL[] {api, source(SessionFilter.class), source(Logger.class), source(Nullable.class)},
                ClassLoader.getPlatformClassLoader());
    }

    private static URL source(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Test
    void apiIsTheOldOne() throws Exception {
        try (URLClassLoader loader = servlet60()) {
            assertThat(loader.loadClass("jakarta.servlet.http.HttpSession")).isNotNull();
            assertThatThrownBy(() -> loader.loadClass("jakarta.servlet.http.HttpSession$Accessor"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    /** With Servlet 6.1 there is a view that does. */
    @Test
    void sessionsHaveNoAccessor() throws Exception {
        assertThat(SessionViews.of(mock(), FilterContexts.bare(), null).getClass())
                .isEqualTo(AccessibleSessionView.class);
        try (URLClassLoader loader = servlet60()) {
            Class<?> views = Class.forName(SessionViews.class.getName(), true, loader);
            Method of = Arrays.stream(views.getDeclaredMethods())
                    .filter(method -> method.getName().equals("of"))
                    .findFirst()
                    .orElseThrow();
            of.setAccessible(true);
            Object view = of.invoke(null, null, null, null);

            assertThat(view.getClass().getName()).isEqualTo(HttpSessionView.class.getName());
            assertThat(Introspector.getBeanInfo(view.getClass()).getPropertyDescriptors())
                    .extracting(PropertyDescriptor::getName)
                    .contains("id")
                    .doesNotContain("accessor");
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                HttpSessionView.class,
                SessionRequest.class,
                SessionResponse.class,
                SessionAsyncContext.class,
                CountingStream.class,
                CountingWriter.class,
                SessionFilter.class,
                SessionFilterInitializer.class,
                SessionAccessor.class
            })
    void classHandedToTheApplicationCanBeLookedAt(Class<?> type) throws Exception {
        try (URLClassLoader loader = servlet60()) {
            Class<?> old = Class.forName(type.getName(), true, loader);

            assertThat(old).isNotSameAs(type);
            assertThat(Introspector.getBeanInfo(old).getMethodDescriptors()).isNotEmpty();
            assertThat(old.getDeclaredMethods()).isNotEmpty();
        }
    }
}
