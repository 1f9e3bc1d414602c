package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.merge.AttributeMerger;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is once public stays: a change of the list beside this test is a change for users, and wants a line in the changelog. */
class PublicApiTest {
    private static final List<Class<?>> PACKAGES =
            List.of(SessionFilter.class, AttributeCodec.class, AttributeMerger.class);

    @Test
    void thePublicSignaturesAreThoseOfTheCheckedInList() throws Exception {
        List<String> signatures = new ArrayList<>();
        for (Class<?> inPackage : PACKAGES) {
            for (Class<?> type : classesBeside(inPackage)) {
                signatures.addAll(signatures(type));
            }
        }

        assertThat(String.join("\n", signatures))
                .as("public-api.txt, which this test compares with the code")
                .isEqualTo(checkedIn());
    }

    private static List<Class<?>> classesBeside(Class<?> inPackage) throws Exception {
        Path root = Path.of(
                inPackage.getProtectionDomain().getCodeSource().getLocation().toURI());
        String packageName = inPackage.getPackageName();
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.list(root.resolve(packageName.replace('.', '/')))) {
            for (String file :
                    files.map(path -> path.getFileName().toString()).sorted().toList()) {
                if (file.endsWith(".class") && !file.equals("package-info.class")) {
                    Class<?> type = Class.forName(
                            packageName + "." + file.substring(0, file.length() - ".class".length()),
                            false,
                            inPackage.getClassLoader());
                    if (Modifier.isPublic(type.getModifiers())) {
                        types.add(type);
                    }
                }
            }
        }
        return types;
    }

    private static List<String> signatures(Class<?> type) {
        List<String> members = new ArrayList<>();
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            members.add(isVisible(constructor) ? "    " + constructor.toGenericString() : "");
        }
        for (Field field : type.getDeclaredFields()) {
            members.add(isVisible(field) ? "    " + field.toGenericString() : "");
        }
        for (Method method : type.getDeclaredMethods()) {
            members.add(isVisible(method) && !method.isBridge() ? "    " + method.toGenericString() : "");
        }
        List<String> signatures = new ArrayList<>();
        signatures.add(type.toGenericString()
                + (type.getSuperclass() == null || type.getSuperclass() == Object.class
                        ? ""
                        : " extends " + type.getSuperclass().getName())
                + (type.getInterfaces().length == 0
                        ? ""
                        : " : "
                                + String.join(
                                        ", ",
                                        Arrays.stream(type.getInterfaces())
                                                .map(Class::getName)
                                                .toList())));
        members.stream().filter(member -> !member.isEmpty()).sorted().forEach(signatures::add);
        return signatures;
    }

    private static boolean isVisible(Member member) {
        return !member.isSynthetic()
                && (Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()));
    }

    private static String checkedIn() throws IOException {
        try (InputStream file = PublicApiTest.class.getResourceAsStream("/public-api.txt")) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
