package io.sessionfilter.testkit.codec;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A kind of value that sessions hold.
 *
 * @param name as the table has it
 * @param value makes one
 * @param judge compares what was written with what was read
 */
record TypeCase(String name, Supplier<?> value, BiFunction<Object, Object, Verdict> judge) {

    /** Compared by {@code equals}, arrays by content. */
    static TypeCase equal(String name, Supplier<?> value) {
        return new TypeCase(name, value, (written, read) -> verdict(written, read, Objects.deepEquals(written, read)));
    }

    /** Compared by what can be seen of both. */
    static <T> TypeCase seen(String name, Supplier<? extends T> value, Function<? super T, ?> view) {
        return new TypeCase(name, value, (written, read) -> {
            @SuppressWarnings("unchecked") // a wrong class fails in the view, which is the verdict
            boolean same = Objects.deepEquals(view.apply((T) written), view.apply((T) read));
            return verdict(written, read, same);
        });
    }

    /** Equal content, and besides something of which it is asked whether it is one object still. */
    static <T> TypeCase linked(
            String name,
            Supplier<? extends T> value,
            Function<? super T, ?> view,
            Function<? super T, Boolean> isLinked) {
        TypeCase content = seen(name, value, view);
        return new TypeCase(name, value, (written, read) -> {
            Verdict verdict = content.judge.apply(written, read);
            @SuppressWarnings("unchecked") // the content has been compared
            boolean linked = verdict == Verdict.OK && isLinked.apply((T) read);
            return verdict == Verdict.OK && !linked ? Verdict.UNLINKED : verdict;
        });
    }

    private static Verdict verdict(Object written, Object read, boolean same) {
        if (!same) {
            return Verdict.WRONG;
        }
        return written.getClass() == read.getClass() || written.getClass().isHidden()
                ? Verdict.OK
                : Verdict.OTHER_CLASS;
    }

    /** Writes and reads one. */
    Verdict of(AttributeCodec codec) {
        return of(codec, codec);
    }

    /** Writes one on an app node, and reads it on another. */
    Verdict of(AttributeCodec writer, AttributeCodec reader) {
        Object written = value.get();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.encode(written, bytes);
        } catch (AttributeCodecException e) {
            return Verdict.REFUSED;
        }
        try {
            Object read = reader.decode(bytes.toByteArray(), 0, bytes.size());
            return judge.apply(written, read);
        } catch (AttributeCodecException e) {
            return Verdict.UNREADABLE;
        } catch (ClassCastException | NullPointerException e) {
            return Verdict.WRONG;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
