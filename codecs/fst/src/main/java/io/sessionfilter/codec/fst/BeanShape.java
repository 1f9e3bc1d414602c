package io.sessionfilter.codec.fst;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.nustaq.serialization.FSTClazzInfo;

/**
 * Which fields a class has, as four bytes that are stored where a value of it appears for the first time. FST stores the fields' contents
 * only, in an order that follows from their types and names: read by a class that has other fields, they would be taken for something else.
 */
final class BeanShape {
    static final int BYTES = 4;

    private final byte[] digest;
    private int lastWritten;
    private int lastRead;

    private BeanShape(byte[] digest) {
        this.digest = digest;
    }

    /** That of a plain class; computed once, and kept with what FST knows of the class. */
    static BeanShape of(FSTClazzInfo info) {
        BeanShape shape = (BeanShape) info.getDecoderAttached();
        if (shape == null) {
            shape = new BeanShape(digest(info));
            info.setDecoderAttached(shape);
        }
        return shape;
    }

    private static byte[] digest(FSTClazzInfo info) {
        StringBuilder text = new StringBuilder();
        for (FSTClazzInfo.FSTFieldInfo field : info.getFieldInfo()) {
            text.append(field.getName())
                    .append(' ')
                    .append(field.getType().getName())
                    .append(' ')
                    .append(field.getField().getDeclaringClass().getName())
                    .append(' ')
                    .append(Arrays.toString(field.getPossibleClasses())) // FST's annotation @Predict
                    .append('\n');
        }
        try {
            byte[] all =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(all, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** Whether it is the first time in a value. */
    boolean isNewWhenWritten(int valueNumber) {
        boolean isNew = lastWritten != valueNumber;
        lastWritten = valueNumber;
        return isNew;
    }

    /** Whether it is the first time in a value. */
    boolean isNewWhenRead(int valueNumber) {
        boolean isNew = lastRead != valueNumber;
        lastRead = valueNumber;
        return isNew;
    }

    byte[] bytes() {
        return digest;
    }
}
