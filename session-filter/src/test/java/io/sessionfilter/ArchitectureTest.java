package io.sessionfilter;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;

/** Who may import whom, as the package docs say. */
@AnalyzeClasses(packages = "io.sessionfilter", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.sessionfilter";
    private static final String INTERNAL = "io.sessionfilter.internal.";

    @ArchTest
    static final ArchRule codecSpiImportsNothingButJava = mayImport("io.sessionfilter.codec", "org.jspecify..");

    @ArchTest
    static final ArchRule mergerSpiImportsNothingButJava = mayImport("io.sessionfilter.merge", "org.jspecify..");

    @ArchTest
    static final ArchRule config = mayImport(INTERNAL + "config", "org.jspecify..", "org.slf4j..");

    @ArchTest
    static final ArchRule servlet = mayImport(
            INTERNAL + "servlet",
            INTERNAL + "servlet.listener",
            INTERNAL + "session",
            INTERNAL + "config",
            INTERNAL + "metrics",
            "jakarta.servlet..",
            "org.slf4j..",
            "org.jspecify..");

    @ArchTest
    static final ArchRule servletListener = mayImport(
            INTERNAL + "servlet.listener",
            INTERNAL + "session",
            "jakarta.servlet..",
            "javax.xml.stream..",
            "org.slf4j..",
            "org.jspecify..");

    @ArchTest
    static final ArchRule session = mayImport(
            INTERNAL + "session",
            INTERNAL + "record",
            INTERNAL + "store",
            INTERNAL + "metrics",
            INTERNAL + "time",
            "io.sessionfilter.codec",
            "io.sessionfilter.merge",
            "com.github.benmanes.caffeine..",
            "org.slf4j..",
            "org.jspecify..");

    @ArchTest
    static final ArchRule record = mayImport(INTERNAL + "record", "net.jpountz.lz4..", "org.jspecify..");

    @ArchTest
    static final ArchRule store = mayImport(
            INTERNAL + "store",
            INTERNAL + "record",
            INTERNAL + "metrics",
            INTERNAL + "time",
            "org.slf4j..",
            "org.jspecify..");

    @ArchTest
    static final ArchRule memcached = mayImport(
            INTERNAL + "memcached",
            INTERNAL + "store",
            INTERNAL + "time",
            "net.rubyeye.xmemcached..",
            "com.google.code.yanf4j..",
            "org.slf4j..",
            "org.jspecify..");

    @ArchTest
    static final ArchRule jdkCodec =
            mayImport(INTERNAL + "codec", "io.sessionfilter.codec", "org.slf4j..", "org.jspecify..");

    @ArchTest
    static final ArchRule metrics = mayImport(INTERNAL + "metrics", "org.slf4j..", "org.jspecify..");

    @ArchTest
    static final ArchRule time = mayImport(INTERNAL + "time", "org.jspecify..");

    @ArchTest
    static final ArchRule noContainerInMainCode = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.catalina..",
                    "org.apache.tomcat..",
                    "org.eclipse.jetty..",
                    "io.undertow..",
                    "org.springframework..");

    @ArchTest
    static final ArchRule onlyTimeReadsAClock = noClasses()
            .that()
            .resideOutsideOfPackage(INTERNAL + "time")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, InstantSource.class);

    /** The root's exception is thrown by the inner packages; it imports nothing of ours. */
    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheRootWires = noClasses()
            .that()
            .resideInAPackage(ROOT + ".internal..")
            .or()
            .resideInAnyPackage(ROOT + ".codec", ROOT + ".merge")
            .should()
            .dependOnClassesThat(resideInAnyPackage(ROOT)
                    .and(DescribedPredicate.not(type(SessionFilterConfigException.class)))
                    .as("the root's, but its exception"));

    @ArchTest
    static final ArchRule publicApiMentionsNothingInternal = noCodeUnits()
            .that()
            .areDeclaredInClassesThat(
                    resideInAnyPackage(ROOT, ROOT + ".codec", ROOT + ".merge").and(modifier(JavaModifier.PUBLIC)))
            .and()
            .arePublic()
            .should(haveRawTypesIn(ROOT + ".internal.."));

    private static ArchCondition<JavaCodeUnit> haveRawTypesIn(String packages) {
        return new ArchCondition<>("mention types in " + packages) {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                DescribedPredicate<JavaClass> internal = resideInAPackage(packages);
                boolean mentions = internal.test(unit.getRawReturnType())
                        || unit.getRawParameterTypes().stream().anyMatch(internal);
                events.add(new SimpleConditionEvent(unit, mentions, unit.getDescription()));
            }
        };
    }

    private static ArchRule mayImport(String importer, String... imported) {
        String[] all = Stream.concat(
                        Stream.of("java..", "javax.management..", "javax.crypto..", importer), Stream.of(imported))
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(importer)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(all)
                        .or(type(SessionFilterConfigException.class))
                        .as("those it may import"))
                .allowEmptyShould(true);
    }
}
