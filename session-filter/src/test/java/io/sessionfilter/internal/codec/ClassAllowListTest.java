package io.sessionfilter.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.codec.CompiledClasses;
import java.io.Serializable;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassAllowListTest {
    private final ClassAllowList list = new ClassAllowList(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.String",
                "java.lang.Enum",
                "java.lang.invoke.SerializedLambda",
                "java.util.ImmutableCollections$ListN",
                "java.util.CollSer",
                "java.util.EnumSet$SerializationProxy",
                "java.util.Collections$UnmodifiableMap",
                "java.util.concurrent.ConcurrentHashMap$KeySetView",
                "java.util.concurrent.atomic.LongAdder",
                "java.util.concurrent.locks.ReentrantLock$NonfairSync",
                "java.time.Ser",
                "java.time.chrono.HijrahDate",
                "java.net.URI",
                "java.security.Principal",
                "java.security.GeneralSecurityException",
                "java.sql.Timestamp"
            })
    void valuesAndCollectionsOfTheJdkAreAllowed(String name) throws Exception {
        assertThat(list.allows(Class.forName(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.net.URL",
                "java.lang.ProcessBuilder",
                "java.rmi.server.UnicastRemoteObject",
                "java.rmi.server.RemoteObjectInvocationHandler",
                "java.rmi.RemoteException",
                "java.beans.EventHandler",
                "java.beans.PropertyChangeSupport",
                "java.security.SignedObject",
                "java.security.CodeSource",
                "java.util.concurrent.ForkJoinTask",
                "java.util.concurrent.CompletableFuture$AsyncRun",
                "java.util.logging.Level",
                "javax.management.BadAttributeValueExpException",
                "javax.management.remote.rmi.RMIConnector",
                "javax.naming.Reference",
                "javax.script.ScriptException",
                "javax.swing.event.EventListenerList",
                "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
                "com.sun.rowset.JdbcRowSetImpl",
                "sun.reflect.annotation.AnnotationInvocationHandler"
            })
    void whatAttacksAreBuiltFromIsRefused(String name) throws Exception {
        assertThat(list.allows(Class.forName(name, false, ClassLoader.getPlatformClassLoader())))
                .isFalse();
    }

    @Test
    void everyTimeZoneAndCalendarIsAllowed() {
        assertThat(list.allows(TimeZone.getDefault().getClass())).isTrue();
        assertThat(list.allows(java.util.Calendar.getInstance(java.util.Locale.forLanguageTag("th-TH"))
                        .getClass()))
                .isTrue();
        assertThat(list.allows(java.util.Calendar.getInstance(java.util.Locale.forLanguageTag("ja-JP-u-ca-japanese"))
                        .getClass()))
                .isTrue();
    }

    @Test
    void theApplicationsOwnClassesAreAllowedAndThoseOfAJarAreNot(@TempDir Path home) throws Exception {
        CompiledClasses classes = new CompiledClasses(home, "com.acme.Cart", "package com.acme; public class Cart {}");
        try (URLClassLoader application = classes.application(getClass().getClassLoader());
                URLClassLoader library = classes.library()) {
            assertThat(list.allows(application.loadClass("com.acme.Cart"))).isTrue();
            assertThat(list.allows(library.loadClass("com.acme.Cart"))).isFalse();
            assertThat(new ClassAllowList(List.of("com.acme.*")).allows(library.loadClass("com.acme.Cart")))
                    .isTrue();
        }
    }

    @Test
    void nestedAnonymousAndLocalClassesOfTheApplicationAreAllowed() {
        class Local {}
        Object anonymous = new Object() {};

        assertThat(list.allows(Local.class)).isTrue();
        assertThat(list.allows(anonymous.getClass())).isTrue();
    }

    @Test
    void hiddenClassesAreRefusedAsNobodyElseCouldFindThem() {
        Comparator<String> lambda = (Comparator<String> & Serializable) String::compareTo;

        assertThat(list.allows(lambda.getClass())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "file:/srv/app/WEB-INF/classes/, true",
        "file:/srv/app/WEB-INF/classes, true",
        "file:/srv/webapps/app.war, true",
        "file:/srv/app/WEB-INF/lib/x.jar, false",
        "war:file:/srv/app.war*/WEB-INF/lib/x.jar, false",
        "war:file:/srv/app.war^/WEB-INF/lib/x.jar, false",
        "jar:file:/srv/app.war!/WEB-INF/classes/, true",
        "jar:file:///srv/app.war!/WEB-INF/lib/x.jar!/, false",
        "jar:file:/srv/x.jar!/, false",
        "jar:file:/srv/x.jar!/some/directory/, false",
        "jar:file:/srv/app.jar!/BOOT-INF/classes!/, true",
        "jar:file:/srv/app.jar!/BOOT-INF/lib/x.jar!/, false",
        "jar:nested:/srv/app.jar/!BOOT-INF/classes/!/, true",
        "jar:nested:/srv/app.jar/!BOOT-INF/lib/x.jar!/, false",
        "jar:nested:/srv/app.war/!WEB-INF/classes/!/, true",
        "vfs:/content/app.war/WEB-INF/classes, true",
        "vfs:/content/app.war/WEB-INF/lib/x.jar, false",
        "file:/srv/target/test-classes/, true",
        "file:/srv/exploded.jar/, false",
        "file:/srv/LIB/X.JAR, false",
        "file:/no/such/directory, false",
        "jrt:/java.sql, false",
        "http://example.test/classes/, false",
        "'', false",
    })
    void theApplicationIsWhatIsInNoLibrarysJar(String location, boolean own) {
        assertThat(ApplicationTypes.isOwn(location)).isEqualTo(own);
    }

    @Test
    void aDirectoryNeedsNoTrailingSlash(@TempDir Path directory) {
        String url = directory.toUri().toString();

        assertThat(ApplicationTypes.isOwn(url.substring(0, url.length() - 1))).isTrue();
    }

    @Test
    void patternsAreExactOrAPackageOrASubtree() {
        ClassPatterns patterns = new ClassPatterns(List.of("com.acme.Cart", "com.acme.shop.*", "com.acme.model.**"));

        assertThat(List.of(
                        "com.acme.Cart",
                        "com.acme.shop.Item",
                        "com.acme.shop.Item$Part",
                        "com.acme.model.A",
                        "com.acme.model.x.y.B$C"))
                .allMatch(patterns);
        assertThat(List.of(
                        "com.acme.Carts",
                        "com.acme.Cart$Item",
                        "com.acme.shopping.Item",
                        "com.acme.shop.sub.Item",
                        "com.acme.models.A",
                        "com.acme.model",
                        "Cart"))
                .noneMatch(patterns);
    }

    @Test
    void theShippedListNamesClassesAndNoWholePackages() {
        List<String> shipped = ClassAllowList.shippedPatterns();

        assertThat(shipped).contains("org.springframework.security.core.context.SecurityContextImpl");
        assertThat(shipped).allMatch(each -> each.matches("[a-z][\\w.]*\\.[\\w$]+"));
        assertThat(new HashSet<>(shipped)).hasSameSizeAs(shipped);
    }

    @Test
    void howToAllowGivesAWorkingSettingWithOrWithoutAPackage() {
        assertThat(list.howToAllow("com.acme.Cart"))
                .isEqualTo("add init-param allowedClasses=com.acme.Cart (or com.acme.**)");
        assertThat(list.howToAllow("Cart")).isEqualTo("add init-param allowedClasses=Cart");
    }

    @Test
    void primitiveTypesAndMapEntriesAreAllowed() {
        assertThat(list.allows(int.class)).isTrue();
        assertThat(list.allows(Map.Entry.class)).isTrue();
    }
}
