package io.sessionfilter.codec.fst;

import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.codec.ValueRefusedException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All kinds of {@link Part}, and which class is written as which.
 *
 * <p>Their order is part of the format: they are written by their numbers. New ones go to the end.
 */
final class Parts {
    private final CodecContext context;
    private final List<Part<Object>> byNumber = new ArrayList<>();
    private final Numbered java;
    private final Numbered enums;
    private final Numbered arrays;

    /** Nothing for those that FST writes. */
    private final IdentityHashMap<Class<?>, Optional<Numbered>> byClass = new IdentityHashMap<>();

    Parts(CodecContext context) {
        this.context = context;
        java = add(new JavaPart(context.javaSerialization()));
        enums = add(new EnumPart());
        arrays = add(new Containers.ObjectArray());
        Values.addAllTo(this);
        Containers.addAllTo(this);
        for (Class<?> each : List.of(String.class, Integer.class, Long.class, Boolean.class)) {
            byClass.put(each, Optional.empty());
        }
    }

    /**
     * A part with its number.
     *
     * @param number from 0 on
     * @param part with the type that all have in common
     */
    record Numbered(int number, Part<Object> part) {}

    void add(Class<?> type, Part<?> part) {
        byClass.put(type, Optional.of(add(part)));
    }

    @SuppressWarnings("unchecked") // each is asked for values of its own type only
    private Numbered add(Part<?> part) {
        byNumber.add((Part<Object>) part);
        return new Numbered(byNumber.size() - 1, (Part<Object>) part);
    }

    /** How to write values of a class, or {@code null} if FST does. */
    @Nullable
    Numbered of(Class<?> type) {
        Optional<Numbered> known = byClass.get(type);
        if (known == null) {
            known = Optional.ofNullable(find(type));
            byClass.put(type, known);
        }
        return known.orElse(null);
    }

    private @Nullable Numbered find(Class<?> type) {
        boolean isArray = Object[].class.isAssignableFrom(type);
        boolean isEnum = Enum.class.isAssignableFrom(type);
        if (!isArray && !isEnum && !context.isPlain(type)) {
            return java; // which asks for itself whether the class is allowed
        }
        context.check(isEnum && !type.isEnum() && type != Enum.class ? type.getSuperclass() : type);
        if (isArray) {
            return arrays;
        }
        return isEnum ? enums : null;
    }

    Part<Object> numbered(int number) {
        if (number >= byNumber.size()) {
            throw new ValueRefusedException("it is not of this format");
        }
        return byNumber.get(number);
    }
}
