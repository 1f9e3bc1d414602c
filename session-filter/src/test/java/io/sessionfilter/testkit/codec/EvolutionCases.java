package io.sessionfilter.testkit.codec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How classes change from one release of an application to the next. */
final class EvolutionCases {
    private static final String UID = "private static final long serialVersionUID = 1L;";

    private static final String ENUM_BEFORE = "enum Role { USER, ADMIN }"
            + bean("Role role = Role.USER; Map<Role, String> names = new HashMap<>(Map.of(Role.USER, \"u\"));")
            + maker("new Bean()");

    private EvolutionCases() {}

    static List<EvolutionCase> all() {
        return List.of(
                new EvolutionCase(
                        "field added",
                        bean("String a = \"x\"; int n = 5;") + maker("new Bean()"),
                        bean("String a; int n; String added; int more;")
                                + reader("b.a.equals(\"x\") && b.n == 5 && b.added == null && b.more == 0")),
                new EvolutionCase(
                        "field removed",
                        bean(
                                        "String a = \"x\"; List<String> gone = new ArrayList<>(List.of(\"y\")); int n = 5; int alsoGone = 6;"
                                                + " long last = 7;")
                                + maker("new Bean()"),
                        bean("String a; int n = -1; long last;")
                                + reader("b.a.equals(\"x\") && b.n == 5 && b.last == 7")),
                new EvolutionCase(
                        "field removed that held what another one refers to",
                        bean("List<String> gone = new ArrayList<>(List.of(\"y\")); List<String> kept = gone;")
                                + maker("new Bean()"),
                        bean("List<String> kept;") + reader("b.kept.equals(List.of(\"y\"))")),
                new EvolutionCase(
                        "fields in another order",
                        bean("String a = \"x\"; int n = 5; String z = \"z\";") + maker("new Bean()"),
                        bean("String z; int n; String a;")
                                + reader("b.a.equals(\"x\") && b.n == 5 && b.z.equals(\"z\")")),
                new EvolutionCase(
                        "field renamed",
                        bean("String a = \"x\"; int n = 5;") + maker("new Bean()"),
                        bean("String b1; int n;") + reader("b.b1 == null && b.n == 5")),
                new EvolutionCase(
                        "int becomes long",
                        bean("int n = 5; String z = \"z\";") + maker("new Bean()"),
                        bean("long n; String z;") + reader("b.n == 5 && b.z.equals(\"z\")")),
                new EvolutionCase(
                        "int becomes Integer",
                        bean("int n = 5; String z = \"z\";") + maker("new Bean()"),
                        bean("Integer n; String z;") + reader("b.n == 5 && b.z.equals(\"z\")")),
                new EvolutionCase(
                        "String becomes int",
                        bean("String n = \"x\"; String z = \"z\";") + maker("new Bean()"),
                        bean("int n; String z;") + reader("false")),
                new EvolutionCase(
                        "String becomes List",
                        bean("String n = \"x\"; String z = \"z\";") + maker("new Bean()"),
                        bean("List<String> n; String z;") + reader("false")),
                new EvolutionCase(
                        "superclass gets a field",
                        "class Base implements Serializable { " + UID + " int base = 3; }"
                                + subclass("Base", "int n = 5;")
                                + maker("new Bean()"),
                        "class Base implements Serializable { " + UID + " String added; int base; }"
                                + subclass("Base", "int n;")
                                + reader("b.base == 3 && b.n == 5 && b.added == null")),
                new EvolutionCase(
                        "superclass inserted",
                        bean("int n = 5;") + maker("new Bean()"),
                        "class Base implements Serializable { " + UID + " String added; }"
                                + subclass("Base", "int n;")
                                + reader("b.n == 5 && b.added == null")),
                new EvolutionCase(
                        "class is gone that a field of type Object held",
                        "class Gone implements Serializable { " + UID + " int g = 1; }"
                                + bean("Object o = new Gone(); int n = 5;")
                                + maker("new Bean()"),
                        bean("Object o; int n;") + reader("b.o == null && b.n == 5")),
                new EvolutionCase(
                        "class is gone and its field too",
                        "class Gone implements Serializable { " + UID + " int g = 1; }"
                                + bean("Gone o = new Gone(); int n = 5;")
                                + maker("new Bean()"),
                        bean("int n;") + reader("b.n == 5")),
                new EvolutionCase(
                        "class is gone",
                        "class Gone implements Serializable { " + UID + " int g = 1; }" + bean("int n;")
                                + maker("new Gone()"),
                        bean("int n;") + "class Reader { static boolean isRight(Object o) { return false; } }"),
                new EvolutionCase(
                        "bean inside gets a field",
                        part("int p = 4;") + bean("Part part = new Part(); int n = 5;") + maker("new Bean()"),
                        part("String added; int p;")
                                + bean("Part part; int n;")
                                + reader("b.part.p == 4 && b.part.added == null && b.n == 5")),
                new EvolutionCase(
                        "bean in a list gets a field",
                        part("int p = 4;")
                                + bean(
                                        "List<Part> parts = new ArrayList<>(List.of(new Part(), new Part())); int n = 5;")
                                + maker("new Bean()"),
                        part("String added; int p;")
                                + bean("List<Part> parts; int n;")
                                + reader("b.parts.get(1).p == 4 && b.parts.get(1).added == null && b.n == 5")),
                new EvolutionCase(
                        "enum constant inserted",
                        ENUM_BEFORE,
                        "enum Role { GUEST, USER, ADMIN }"
                                + bean("Role role; Map<Role, String> names;")
                                + reader("b.role == Role.USER && b.names.get(Role.USER).equals(\"u\")")),
                new EvolutionCase(
                        "enum constant removed",
                        ENUM_BEFORE,
                        "enum Role { GUEST, ADMIN }" + bean("Role role; Map<Role, String> names;") + reader("false")),
                new EvolutionCase(
                        "enum constant inserted, in an EnumSet and an EnumMap",
                        "enum Role { USER, ADMIN }"
                                + bean("Set<Role> set = EnumSet.of(Role.USER);"
                                        + " Map<Role, String> map = new EnumMap<>(Map.of(Role.USER, \"u\"));")
                                + maker("new Bean()"),
                        "enum Role { GUEST, USER, ADMIN }"
                                + bean("Set<Role> set; Map<Role, String> map;")
                                + reader("b.set.equals(Set.of(Role.USER)) && b.map.get(Role.USER).equals(\"u\")")),
                new EvolutionCase(
                        "record component added",
                        "record Row(String a, int n) implements Serializable {}"
                                + bean("Row row = new Row(\"x\", 5);")
                                + maker("new Bean()"),
                        "record Row(String added, String a, int n) implements Serializable {}"
                                + bean("Row row;")
                                + reader("b.row.added() == null && b.row.a().equals(\"x\") && b.row.n() == 5")),
                new EvolutionCase(
                        "no serialVersionUID, method added",
                        "public class Bean implements Serializable { int n = 5; }" + maker("new Bean()"),
                        "public class Bean implements Serializable { int n; public int twice() { return 2 * n; } }"
                                + reader("b.n == 5")),
                new EvolutionCase(
                        "static nested class gets a field",
                        bean("Inner inner = new Inner(); static class Inner implements Serializable { " + UID
                                        + " int i = 1; }")
                                + maker("new Bean()"),
                        bean("Inner inner; static class Inner implements Serializable { " + UID
                                        + " String added; int i; }")
                                + reader("b.inner.i == 1 && b.inner.added == null")));
    }

    private static String bean(String fields) {
        return "public class Bean implements Serializable { " + UID + " " + fields + " }\n";
    }

    private static String subclass(String base, String fields) {
        return "public class Bean extends " + base + " { " + UID + " " + fields + " }\n";
    }

    private static String part(String fields) {
        return "class Part implements Serializable { " + UID + " " + fields + " }\n";
    }

    private static String maker(String expression) {
        return "class Maker { static Object make() { return " + expression + "; } }\n";
    }

    private static String reader(String condition) {
        return "class Reader { static boolean isRight(Object o) { Bean b = (Bean) o; return " + condition + "; } }\n";
    }

    static CompiledClasses before(Path home) throws IOException {
        return compile(home.resolve("before"), each -> each.source(each.before()));
    }

    static CompiledClasses after(Path home) throws IOException {
        return compile(home.resolve("after"), each -> each.source(each.after()));
    }

    private static CompiledClasses compile(Path home, Function<EvolutionCase, String> source) throws IOException {
        Map<String, String> sources = new HashMap<>();
        all().forEach(each -> sources.put(each.packageName() + ".Bean", source.apply(each)));
        return new CompiledClasses(home, sources);
    }
}
