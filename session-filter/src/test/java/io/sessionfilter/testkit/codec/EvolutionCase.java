package io.sessionfilter.testkit.codec;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;

/**
 * A class changes while sessions hold values of it: app nodes with the new version read what those with the old one have written.
 *
 * @param name as the table has it
 * @param before source of the old version: a class {@code Bean}, and {@code Maker.make()}
 * @param after source of the new one, and {@code Reader.isRight(Object)}
 */
record EvolutionCase(String name, String before, String after) {

    /** Both versions are in a package of their own. */
    String packageName() {
        return "evolution." + name.replaceAll("[^A-Za-z]+", "_");
    }

    String source(String version) {
        return "package " + packageName() + ";\nimport java.io.*;\nimport java.util.*;\n" + version;
    }

    /** Writes by one codec, whose application has the old version, and reads by another, whose application has the new one; which writes it too. */
    Verdict of(AttributeCodec writer, ClassLoader before, AttributeCodec reader, ClassLoader after)
            throws ReflectiveOperationException {
        Object written = call(before, "Maker", "make");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.encode(written, bytes);
        } catch (AttributeCodecException e) {
            throw new AssertionError(name + " cannot even be written", e);
        }
        try {
            Object read = reader.decode(bytes.toByteArray(), 0, bytes.size());
            if (!(boolean) call(after, "Reader", "isRight", read)) {
                return Verdict.WRONG;
            }
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            reader.encode(read, again);
            Object readAgain = reader.decode(again.toByteArray(), 0, again.size());
            return (boolean) call(after, "Reader", "isRight", readAgain) ? Verdict.OK : Verdict.WRONG;
        } catch (AttributeCodecException e) {
            return Verdict.REFUSED;
        } catch (ReflectiveOperationException e) {
            return Verdict.WRONG; // heap pollution shows only when a field is used
        }
    }

    private Object call(ClassLoader loader, String type, String name, Object... arguments)
            throws ReflectiveOperationException {
        Class<?>[] parameters = arguments.length == 0 ? new Class<?>[0] : new Class<?>[] {Object.class};
        Method method = loader.loadClass(packageName() + "." + type).getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method.invoke(null, arguments);
    }

    @Override
    public String toString() {
        return name;
    }
}
