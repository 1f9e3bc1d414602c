package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.AttributeCodecProvider;
import io.sessionfilter.codec.CodecContext;

/** Makes the codec {@code fory}. */
public final class ForyCodecProvider implements AttributeCodecProvider {
    /** For the service loader. */
    public ForyCodecProvider() {}

    @Override
    public String name() {
        return ForyCodec.NAME;
    }

    @Override
    public AttributeCodec create(CodecContext context) throws AttributeCodecException {
        ForyCodec codec = new ForyCodec(context);
        try {
            codec.newSerializer();
        } catch (LinkageError e) {
            if (!isForLackOfAccess(e)) {
                throw e;
            }
            throw new AttributeCodecException(
                    "the codec \"" + ForyCodec.NAME + "\" cannot be used in this JVM: Fory needs the memory access of"
                            + " sun.misc.Unsafe, or that the JDK is opened to it. Start the JVM with"
                            + " --sun-misc-unsafe-memory-access=allow (from JDK 23 on, as long as it has that) or with"
                            + " --add-opens=java.base/java.lang.invoke=ALL-UNNAMED, or configure another codec"
                            + " (\"java\" always works)",
                    e);
        }
        return codec;
    }

    /** Fory asks for it when its classes are initialized; after the first time they are said to be missing. */
    private static boolean isForLackOfAccess(LinkageError e) {
        return e instanceof ExceptionInInitializerError
                || String.valueOf(e.getMessage()).startsWith("Could not initialize class org.apache.fory.");
    }
}
