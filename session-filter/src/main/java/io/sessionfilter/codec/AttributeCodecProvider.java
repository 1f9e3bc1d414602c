package io.sessionfilter.codec;

/**
 * Makes the codec of one serializer. Found by {@link java.util.ServiceLoader}: an artifact names its provider in {@code
 * META-INF/services/io.sessionfilter.codec.AttributeCodecProvider}, and is looked for in the application's class loader and in that of
 * session-filter, which is another one where session-filter is shared by several applications.
 *
 * <p>Has a public constructor without parameters, which does nothing: a provider is also asked for its name where another codec is chosen.
 */
public interface AttributeCodecProvider {
    /**
     * The value of the setting {@code codec} that chooses this codec.
     *
     * @return lower-case letters, digits and hyphens, beginning with a letter; the same as {@link AttributeCodec#name()}
     */
    String name();

    /**
     * Makes the codec for one web application. It is then tried with values of the usual kinds, and used only if all come back.
     *
     * @param context what it is to work with
     * @return the codec; closed when the application stops
     * @throws AttributeCodecException if it cannot work in this JVM; the message says what to do. (Whatever else is thrown means the same.)
     */
    AttributeCodec create(CodecContext context) throws AttributeCodecException;
}
