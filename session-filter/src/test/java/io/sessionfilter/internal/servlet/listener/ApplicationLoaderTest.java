package io.sessionfilter.internal.servlet.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletContext;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplicationLoaderTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final ServletContext context = mock();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void theApplicationsLoaderIsThatOfItsContext() throws Exception {
        try (URLClassLoader ofContext = new URLClassLoader(new URL[0])) {
            when(context.getClassLoader()).thenReturn(ofContext);

            assertThat(ApplicationLoader.of(context)).isSameAs(ofContext);
        }
    }

    @Test
    void aContextWithoutALoaderHasThatOfTheThreadThatStartsIt() throws Exception {
        try (URLClassLoader ofThread = new URLClassLoader(new URL[0])) {
            Thread.currentThread().setContextClassLoader(ofThread);

            assertThat(ApplicationLoader.of(context)).isSameAs(ofThread);
        }
    }

    @Test
    void withoutEitherItIsOurs() {
        Thread.currentThread().setContextClassLoader(null);

        assertThat(ApplicationLoader.of(context)).isSameAs(ApplicationLoader.class.getClassLoader());
    }
}
