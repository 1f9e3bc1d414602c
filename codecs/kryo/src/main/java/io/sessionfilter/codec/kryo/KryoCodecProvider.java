package io.sessionfilter.codec.kryo;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecProvider;
import io.sessionfilter.codec.CodecContext;

/** Makes the codec {@code kryo}. */
public final class KryoCodecProvider implements AttributeCodecProvider {
    /** For the service loader. */
    public KryoCodecProvider() {}

    @Override
    public String name() {
        return KryoCodec.NAME;
    }

    @Override
    public AttributeCodec create(CodecContext context) {
        return new KryoCodec(context);
    }
}
