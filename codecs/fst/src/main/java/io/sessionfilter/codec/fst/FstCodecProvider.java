package io.sessionfilter.codec.fst;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.AttributeCodecProvider;
import io.sessionfilter.codec.CodecContext;

/** Makes the codec {@code fst}. */
public final class FstCodecProvider implements AttributeCodecProvider {
    /** For the service loader. */
    public FstCodecProvider() {}

    @Override
    public String name() {
        return FstCodec.NAME;
    }

    @Override
    public AttributeCodec create(CodecContext context) throws AttributeCodecException {
        FstCodec codec = new FstCodec(context);
        try {
            codec.newSerializer();
        } catch (LinkageError e) {
            if (!isForLackOfUnsafe(e)) {
                throw e;
            }
            throw new AttributeCodecException(
                    "the codec \"" + FstCodec.NAME + "\" cannot be used in this JVM: FST needs the memory access of"
                            + " sun.misc.Unsafe. Start the JVM with --sun-misc-unsafe-memory-access=allow (from JDK 23 on,"
                            + " as long as it has that), or configure another codec (\"java\" always works)",
                    e);
        }
        return codec;
    }

    /** FST asks for it when this class is initialized; after the first time the class is said to be missing. */
    private static boolean isForLackOfUnsafe(LinkageError e) {
        return e instanceof ExceptionInInitializerError
                || String.valueOf(e.getMessage()).endsWith("org.nustaq.serialization.util.FSTUtil");
    }
}
