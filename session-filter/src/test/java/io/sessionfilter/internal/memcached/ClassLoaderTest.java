package io.sessionfilter.internal.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.InMemoryMemcached;
import java.io.File;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A redeployed web application leaves nothing behind: no class loader, no selector. */
class ClassLoaderTest {
    @Test
    void redeploymentLeavesNoSelectorAndNoClassLoaderBehind() throws Exception {
        try (InMemoryMemcached memcached = InMemoryMemcached.start()) {
            WeakReference<ClassLoader> loader = deployAndUndeploy(memcached.port());

            Await.until("the application's class loader is collected", () -> {
                System.gc();
                return loader.get() == null;
            });
        }
    }

    private static WeakReference<ClassLoader> deployAndUndeploy(int port) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader application = webApplication()) {
            Thread.currentThread().setContextClassLoader(application);
            AutoCloseable node = connect(application, port);
            Class<?> selectors = application.loadClass("com.google.code.yanf4j.util.SelectorFactory");
            assertThat(selectors.getClassLoader()).isSameAs(application);
            assertThat((int) selectors.getMethod("getMaxSelectors").invoke(null))
                    .isPositive();

            node.close();

            assertThat((int) selectors.getMethod("getMaxSelectors").invoke(null))
                    .isZero();
            return new WeakReference<>(application);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Session-filter and xmemcached in a loader of their own, all else from the one above. */
    private static URLClassLoader webApplication() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoaderTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.matches("(io\\.sessionfilter|net\\.rubyeye|com\\.google\\.code)\\..*")) {
                    return super.loadClass(name, resolve);
                }
                synchronized (getClassLoadingLock(name)) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded != null ? loaded : findClass(name);
                }
            }
        };
    }

    private static AutoCloseable connect(ClassLoader application, int port) throws ReflectiveOperationException {
        String ours = "io.sessionfilter.internal.";
        Class<?> idType = application.loadClass(ours + "store.NodeId");
        Class<?> settingsType = application.loadClass(ours + "memcached.NodeSettings");
        Class<?> timeType = application.loadClass(ours + "time.TimeSource");
        Object id = idType.getConstructor(String.class).newInstance("redeployed");
        Object settings = settingsType
                .getConstructor(idType, String.class, int.class, Duration.class)
                .newInstance(id, "127.0.0.1", port, Duration.ofSeconds(5));
        Method connect =
                application.loadClass(ours + "memcached.MemcachedNodes").getMethod("connect", settingsType, timeType);
        AutoCloseable node = (AutoCloseable)
                connect.invoke(null, settings, timeType.getField("SYSTEM").get(null));
        Object health = application
                .loadClass(ours + "store.MemcachedNode")
                .getMethod("health")
                .invoke(node);
        assertThat(health.toString()).contains("usable=true");
        return node;
    }
}
