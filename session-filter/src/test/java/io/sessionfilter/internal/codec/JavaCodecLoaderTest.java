package io.sessionfilter.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.testkit.codec.CompiledClasses;
import io.sessionfilter.testkit.codec.RandomValues;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.lang.reflect.Proxy;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCodecLoaderTest {
    private static final String BEAN = "com.acme.Cart";

    @TempDir
    Path home;

    private CompiledClasses classes() throws Exception {
        return new CompiledClasses(home, BEAN, """
                package com.acme;
                public class Cart implements java.io.Serializable {
                    public interface Priced {}
                    public static class Handler implements java.lang.reflect.InvocationHandler, java.io.Serializable {
                        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) { return "proxied"; }
                    }
                }
                """);
    }

    @Test
    void classesThatOnlyTheApplicationSeesAreFound() throws Exception {
        try (URLClassLoader application = classes().application(getClass().getClassLoader())) {
            Class<?> cart = application.loadClass(BEAN);
            JavaCodec codec = new JavaCodec(application, new ClassAllowList(List.of()), Codecs.LIMIT);

            assertThat(Codecs.roundTrip(codec, create(cart))).isInstanceOf(cart);
            assertThat(Codecs.roundTrip(codec, Array.newInstance(cart, 2, 2)))
                    .isInstanceOf(Array.newInstance(cart, 0, 0).getClass());
            assertThat(Codecs.roundTrip(codec, new Object[] {cart})).isEqualTo(new Object[] {cart});
            Class<?> priced = application.loadClass(BEAN + "$Priced");
            Object proxy =
                    Proxy.newProxyInstance(application, new Class<?>[] {priced}, (java.lang.reflect.InvocationHandler)
                            create(application.loadClass(BEAN + "$Handler")));
            assertThat(Codecs.roundTrip(codec, proxy)).isInstanceOf(priced).hasToString("proxied");
        }
    }

    @Test
    void aClassThatTheApplicationLacksIsNamed() throws Exception {
        byte[] bytes;
        try (URLClassLoader application = classes().application(getClass().getClassLoader())) {
            bytes = Codecs.encode(Codecs.careless(), create(application.loadClass(BEAN)));
        }

        assertThatThrownBy(() -> Codecs.decode(Codecs.standard(), bytes))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("the application has no class com.acme.Cart");
    }

    @Test
    void theApplicationsLoaderIsNotKeptAlive() throws Exception {
        ClassAllowList longLived = new ClassAllowList(List.of());
        WeakReference<ClassLoader> loader = useAndForget(classes(), longLived);

        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (loader.get() != null && System.nanoTime() < deadline) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(loader.get()).isNull();
        assertThat(longLived.allows(String.class)).isTrue();
    }

    private WeakReference<ClassLoader> useAndForget(CompiledClasses classes, ClassAllowList filter) throws Exception {
        try (URLClassLoader application = classes.application(getClass().getClassLoader())) {
            JavaCodec codec = new JavaCodec(application, filter, Codecs.LIMIT);
            assertThat(Codecs.roundTrip(codec, List.of(create(application.loadClass(BEAN)))))
                    .isNotNull();
            codec.close();
            return new WeakReference<>(application);
        }
    }

    @Test
    void manyThreadsMayUseOneCodec() throws Exception {
        JavaCodec codec = Codecs.standard();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                long seed = System.nanoTime() + i;
                running.add(threads.submit(() -> {
                    RandomValues random = new RandomValues(seed);
                    for (int n = 0; n < 300; n++) {
                        Object value = random.next();
                        assertThat(Codecs.roundTrip(codec, value))
                                .as("seed %d", seed)
                                .isEqualTo(value);
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Object create(Class<?> type) throws ReflectiveOperationException {
        return type.getConstructor().newInstance();
    }
}
